import { execFileSync } from 'node:child_process';
import { root, scriptOf } from '../setup.mjs';

/** What is measured is what is built from the source as it stands. */
export default function setup(): void {
  execFileSync(process.execPath, [scriptOf('rollup'), '-c', '--silent'], { cwd: root, stdio: 'inherit' });
}
