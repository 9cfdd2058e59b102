import { execFileSync } from 'node:child_process';
import { root, scriptOf } from '../setup.mjs';

/** Builds the package, so that the current source is measured. */
export default function setup(): void {
  execFileSync(process.execPath, [scriptOf('rollup'), '-c', '--silent'], { cwd: root, stdio: 'inherit' });
}
