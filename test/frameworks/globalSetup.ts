import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root } from '../setup.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder outside the repository that holds the unpacked tarball and the installed applications. */
    frameworksHome: string;
  }
}

/** Packs the package as for a release and unpacks it where nothing of this repository is near. */
export default function setup(project: TestProject): () => void {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'react-websocket-hooks-frameworks-')));
  execFileSync('npm', ['pack', '--pack-destination', home], {
    cwd: root,
    // The error of a failed build contains its output.
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball.');
  mkdirSync(join(home, 'unpacked'));
  execFileSync('tar', ['-xzf', tarball, '-C', 'unpacked'], { cwd: home });

  project.provide('frameworksHome', home);
  return () => {
    rmSync(home, { recursive: true, force: true });
  };
}
