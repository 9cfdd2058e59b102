import { existsSync, readdirSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { testServerUrl } from './.storybook/demoServer.js';
import { reactCompiler } from './test/compiler/reactCompiler.js';
import { chromiumArguments, compatVersions, findChromium, root } from './test/setup.mjs';

const browser = {
  enabled: true,
  headless: true,
  screenshotFailures: false,
  instances: [{ browser: 'chromium' as const }],
  provider: playwright({
    launchOptions: {
      executablePath: findChromium() ?? '/usr/bin/chromium',
      args: chromiumArguments,
    },
  }),
};

process.env.STORYBOOK_DEMO_SERVER_URL = testServerUrl;

/** Long enough for a machine that is busy with other lanes. */
const testTimeout = 60_000;
/** For tests that wait for real programs, on such a machine. */
const retry = 1;

/** Lanes may keep their project in their folder, as `test/FOLDER/vitest.config.ts`. */
const projectFolders = readdirSync(`${root}/test`).filter((name) =>
  existsSync(`${root}/test/${name}/vitest.config.ts`),
);
const projectFiles = projectFolders.map((name) => `test/${name}/vitest.config.ts`);
const foldersOfOtherProjects = projectFolders.map((name) => `test/${name}/**`);

/** The tests of the hooks under an older React, which has a node_modules of its own. */
function compat(version: string): TestProjectInlineConfiguration {
  const home = `${root}/test/compat/react-${version}/node_modules`;
  const testingLibrary = `${home}/@testing-library/react`;
  return {
    resolve: {
      alias: [
        { find: /^(react|react-dom|use-sync-external-store)(\/.*)?$/, replacement: `${home}/$1$2` },
        Number(version) >= 18
          ? { find: /^@testing-library\/react$/, replacement: testingLibrary }
          : { find: /^@testing-library\/react$/, replacement: `${root}/test/compat/testingLibrary12.mjs` },
        { find: /^testing-library-12$/, replacement: testingLibrary },
      ],
    },
    test: {
      name: `react-${version}`,
      environment: 'jsdom',
      // What touches React; whole scenarios play on the newest one.
      include: ['test/react/**/*.test.{ts,tsx}', 'test/devtools/*.test.tsx'],
      // There is none before 19.2.
      exclude: Number(version) < 19 ? ['test/react/activity.test.tsx'] : [],
      env: { WANT_REACT: `${version}.` },
      testTimeout,
    },
  };
}

export default defineConfig({
  test: {
    coverage: { provider: 'v8', include: ['src/**'] },
    // The types have no project here: test/types/*.test-d.ts is checked by tsc, with everything else.
    projects: [
      ...projectFiles,
      {
        test: {
          name: 'unit',
          environment: 'jsdom',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [
            'test/{browser,compat,compiler,faults,fleet,leaks,package,pages,size}/**',
            ...foldersOfOtherProjects,
          ],
          env: { WANT_REACT: '19.' },
          testTimeout,
        },
      },
      {
        test: {
          name: 'leaks',
          environment: 'jsdom',
          include: ['test/leaks/**/*.test.tsx'],
          env: { WANT_REACT: '19.' },
          testTimeout,
          fileParallelism: false,
        },
      },
      {
        plugins: [reactCompiler()],
        test: {
          name: 'compiler',
          environment: 'jsdom',
          include: ['test/{compiler,react,scenario}/**/*.test.{ts,tsx}'],
          env: { WANT_REACT: '19.' },
          testTimeout,
        },
      },
      ...compatVersions.map(compat),
      {
        optimizeDeps: {
          include: [
            'react',
            'react/jsx-dev-runtime',
            'react-dom',
            'react-dom/client',
            'use-sync-external-store/shim',
            '@testing-library/react',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          globalSetup: 'test/browser/globalSetup.ts',
          retry,
          testTimeout,
          browser,
        },
      },
      {
        plugins: [react(), storybookTest({ configDir: `${root}/.storybook` })],
        test: {
          name: 'storybook',
          globalSetup: '.storybook/demoServer.ts',
          retry,
          testTimeout,
          browser,
        },
      },
      {
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/package/**/*.test.ts'],
          globalSetup: 'test/package/globalSetup.ts',
          testTimeout,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          include: ['test/faults/**/*.test.ts'],
          retry,
          testTimeout,
        },
      },
      {
        test: {
          name: 'pages',
          environment: 'node',
          include: ['test/pages/**/*.test.ts'],
          retry,
          testTimeout: 150_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'fleet',
          environment: 'node',
          include: ['test/fleet/**/*.test.ts'],
          testTimeout,
        },
      },
      {
        test: {
          name: 'size',
          environment: 'node',
          include: ['test/size/**/*.test.ts'],
          globalSetup: 'test/size/globalSetup.ts',
          testTimeout,
        },
      },
    ],
  },
});
