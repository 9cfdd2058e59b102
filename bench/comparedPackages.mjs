import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../test/setup.mjs';

const folder = join(root, 'bench');
const readJson = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));

export const versionOf = (packageName) => readJson(`node_modules/${packageName}/package.json`).version;

/** Installs the packages that the benchmarks compare, unless they are installed in the versions of package.json. */
export function installComparedPackages() {
  const dependencies = Object.entries(readJson('package.json').dependencies);
  const isInstalled = ([name, version]) =>
    existsSync(join(folder, 'node_modules', name, 'package.json')) && versionOf(name) === version;
  if (dependencies.every(isInstalled)) return;
  console.log('> npm ci --prefix bench');
  const { status } = spawnSync('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ci --prefix bench ended with exit code ${status}.`);
}
