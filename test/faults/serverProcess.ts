import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { addCleanup } from './cleanup.js';

const SCRIPT = new URL('./faultServer.mjs', import.meta.url);

/** A server that runs in its own process. */
export interface ServerProcess {
  readonly port: number;
  readonly process: ChildProcess;
  /** Resolves to the number of dials of a path. */
  readonly dials: (path: string) => Promise<number>;
  readonly kill: () => Promise<void>;
  /** Resets every TCP connection. */
  readonly reset: () => void;
  /** Closes every socket with 1012 and ends the process. */
  readonly restart: () => Promise<void>;
}

/** Starts a server. `command` is a prefix of the command line, such as `ip netns exec name`. */
export async function startServerProcess({
  port = 0,
  host = '127.0.0.1',
  command = [] as readonly string[],
} = {}): Promise<ServerProcess> {
  const [executable, ...before] = [...command, process.execPath];
  const child = fork(SCRIPT, [host, String(port)], {
    execPath: executable,
    execArgv: command.length > 0 ? [...before] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port: listening }] = (await once(child, 'message')) as [{ port: number }];
  addCleanup(() => child.kill('SIGKILL'));
  return {
    port: listening,
    process: child,
    async dials(path) {
      child.send(path);
      const [{ dials }] = (await once(child, 'message')) as [{ dials: number }];
      return dials;
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    reset() {
      child.send('reset');
    },
    async restart() {
      child.send('restart');
      await once(child, 'exit');
    },
  };
}
