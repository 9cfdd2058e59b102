import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Starts a program whose standard error and fourth stream can be read. */
export function startProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  return spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
}

/** Waits for a line of a program's output that matches the pattern, and returns its first group. */
export async function readLine(program: ChildProcess, stream: Readable, pattern: RegExp): Promise<string> {
  const lines: string[] = [];
  const reader = createInterface({ input: stream });
  const found = new Promise<string>((resolve, reject) => {
    reader.on('line', (line) => {
      lines.push(line);
      const [, group] = pattern.exec(line) ?? [];
      if (group !== undefined) resolve(group);
    });
    program.once('error', reject);
    program.once('exit', (code) => {
      reject(new Error(`${program.spawnfile} ended with exit code ${code ?? 'none'}:\n${lines.join('\n')}`));
    });
  });
  return found;
}

/** Kills a program and waits until it has ended. */
export async function endProcess(program: ChildProcess): Promise<void> {
  if (program.pid === undefined || program.exitCode !== null || program.signalCode !== null) return;
  const exited = once(program, 'exit');
  program.kill('SIGKILL');
  await exited;
}
