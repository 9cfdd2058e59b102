import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Runs a script in a process of its own, so that nothing is left of earlier measurements, and returns what it sends. */
export async function inNewProcess(script, args, execArgv) {
  const child = fork(script, args.map(String), { execArgv });
  const result = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [])]);
  if (!result[0]) throw new Error('The process ended without a result.');
  return result[0];
}
