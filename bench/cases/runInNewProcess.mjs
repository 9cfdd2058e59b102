import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The flags of a process whose script renders components. */
export const jsdomFlags = ['--import', fileURLToPath(new URL('../node/jsdomGlobals.mjs', import.meta.url))];

/** Runs a script in a new process, free of earlier measurements, and returns the message that it sends. */
export async function runInNewProcess(script, args, flags) {
  const child = fork(script, args.map(String), { execArgv: flags });
  const result = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])]);
  if (!result[0]) throw new Error('The process ended without a result.');
  return result[0];
}
