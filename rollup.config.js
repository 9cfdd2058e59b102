import { rmSync } from 'node:fs';
import dts from 'rollup-plugin-dts';
import esbuild from 'rollup-plugin-esbuild';
import pkg from './package.json' with { type: 'json' };

/**
 * The entry points: the name in `dist/` (and, but for `index`, of the import) and the module behind it.
 * The `exports` of package.json list the same names; a test of the package compares the two.
 */
const entries = {
  index: 'src/index.ts',
  core: 'src/core/index.ts',
  'close-codes': 'src/closeCodes/index.ts',
  testing: 'src/testing/index.ts',
  devtools: 'src/devtools/index.ts',
};

const external = Object.keys({ ...pkg.peerDependencies, ...pkg.dependencies }).map(
  (name) => new RegExp(`^${name}($|/)`),
);

/**
 * One chunk for each folder of the source that entries share, so that a class is one class whichever entry it
 * comes from. Chunks also keep what needs React apart: the main entry only names what the chunks hold.
 */
const chunkOf = (id) => /\/src\/(core|react|closeCodes)\/(?!index\.)/.exec(id)?.[1];

const files = (extension) => ({
  dir: 'dist',
  entryFileNames: `[name].${extension}`,
  chunkFileNames: `chunks/[name].${extension}`,
  hoistTransitiveImports: false,
  minifyInternalExports: false,
});

/**
 * Puts `"use client"` on the files that import React themselves, and on no other; Rollup drops the directives of
 * the source. In a server component the main entry therefore is an ordinary module: its hooks are references to
 * the client, and everything else in it works. A CommonJS file that requires one of the marked files needs the
 * directive no more than an ES module does.
 */
const useClient = {
  name: 'use-client',
  banner(chunk) {
    const importsReact = (id) =>
      this.getModuleInfo(id).importedIds.some((imported) => this.getModuleInfo(imported).isExternal);
    return chunk.moduleIds.some(importsReact) ? "'use client';" : '';
  },
};

/**
 * ES2022 and not older: private class fields would become a `WeakMap` each, which is larger and slower. A test of the
 * package holds this, and the guide states it.
 */
const target = 'es2022';

/**
 * JSX becomes `createElement` calls: `react/jsx-runtime` cannot be imported from an ES module
 * under React 16 and 17, whose packages have no `exports`.
 */
const compile = [
  esbuild({ target, tsconfig: false, exclude: /\.tsx$/ }),
  esbuild({
    target,
    tsconfig: false,
    include: /\.tsx$/,
    jsx: 'transform',
    jsxFactory: '__createElement',
    jsxFragment: '__Fragment',
    banner: "import { createElement as __createElement, Fragment as __Fragment } from 'react';",
  }),
];

/** Empties dist, so that no file of an older build is packed with a newer one. */
const cleanDist = {
  name: 'clean-dist',
  buildStart() {
    rmSync('dist', { recursive: true, force: true });
  },
};

/** The directives of the source and the JSX banner above, which not every file uses up. */
const expected = ['MODULE_LEVEL_DIRECTIVE', 'SOURCEMAP_ERROR', 'UNUSED_EXTERNAL_IMPORT'];

/** A cycle between modules makes their order of evaluation an accident. */
function onLog(level, log, handle) {
  if (expected.includes(log.code)) return;
  if (log.code === 'CIRCULAR_DEPENDENCY') return handle('error', log);
  handle(level, log);
}

export default [
  {
    input: entries,
    external,
    plugins: [cleanDist, ...compile, useClient],
    onLog,
    output: [
      { ...files('js'), manualChunks: chunkOf, format: 'es', sourcemap: true },
      { ...files('cjs'), manualChunks: chunkOf, format: 'cjs', exports: 'named', sourcemap: true },
    ],
  },
  {
    input: entries,
    external,
    plugins: [dts({ tsconfig: 'tsconfig.build.json' })],
    output: [
      { ...files('d.ts'), format: 'es' },
      { ...files('d.cts'), format: 'es' },
    ],
  },
];
