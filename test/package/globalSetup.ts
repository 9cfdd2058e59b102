import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import pkg from '../../package.json' with { type: 'json' };
import { root } from '../setup.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the tarball of the package. */
    tarball: string;
    /** The folder of a new application that installed the package. */
    app: string;
    /** The folder of the package in that application. */
    installed: string;
  }
}

/** Builds and packs the package as for a release and installs it outside of this repository. */
export default function setup(project: TestProject): () => void {
  const home = mkdtempSync(join(tmpdir(), 'react-websocket-hooks-package-'));
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync('npm', args, {
      cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: process.platform === 'win32',
    });

  // Simulates a file left by an older build with other file names.
  mkdirSync(join(root, 'dist/chunks'), { recursive: true });
  writeFileSync(join(root, 'dist/chunks/stale.js'), '');
  npm(root, 'pack', '--pack-destination', home);
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball.');

  const { react, '@types/react': typesReact, '@types/node': typesNode } = pkg.devDependencies;
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }));
  npm(
    home,
    ...['install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`],
    ...[`react@${react}`, `@types/react@${typesReact}`, `@types/node@${typesNode}`],
  );
  cpSync(join(import.meta.dirname, 'consumer'), home, { recursive: true });

  project.provide('tarball', join(home, tarball));
  project.provide('app', home);
  project.provide('installed', join(home, 'node_modules', pkg.name));
  return () => {
    rmSync(home, { recursive: true, force: true });
  };
}
