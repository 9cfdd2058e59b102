import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import {
  type Connection,
  type ConnectionOptions,
  type ConnectionState,
  createConnection,
  type WebSocketConstructor,
} from '../../src/core/index.js';

const SCRIPT = new URL('./faultServer.mjs', import.meta.url);
const endings: (() => void)[] = [];

/** Ends every server and connection of a test, newest first. */
export function endAfterEach(): void {
  afterEach(() => {
    for (const end of endings.splice(0).reverse()) end();
  });
}

/** Does this after the test. */
export function finallyDo(end: () => void): void {
  endings.push(end);
}

/** A server in a process of its own. */
export interface FaultServer {
  readonly port: number;
  readonly process: ChildProcess;
  /** How often a path was dialled. */
  readonly dials: (path: string) => Promise<number>;
  readonly kill: () => Promise<void>;
  /** Forgets every connection, with a TCP reset. */
  readonly reset: () => void;
  /** Tells everybody 1012 and ends. */
  readonly restart: () => Promise<void>;
}

/** Starts a server; `command` may put something before `node`, such as `ip netns exec name`. */
export async function startServer({
  port = 0,
  host = '127.0.0.1',
  command = [] as readonly string[],
} = {}): Promise<FaultServer> {
  const [executable, ...before] = [...command, process.execPath];
  const child = fork(SCRIPT, [host, String(port)], {
    execPath: executable,
    execArgv: command.length > 0 ? [...before] : [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port: listening }] = (await once(child, 'message')) as [{ port: number }];
  finallyDo(() => child.kill('SIGKILL'));
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

/** Delays short enough for a test, in the proportions of the defaults. */
export const QUICK = { minDelay: 20, maxDelay: 100, widenTo: 100 } as const;

/** A connection of the library over the sockets of `ws`, in use until the end of the test. */
export function use(url: string, options: ConnectionOptions = {}): Connection {
  const connection = createConnection(url, {
    reconnect: QUICK,
    WebSocket: WebSocket as unknown as WebSocketConstructor,
    ...options,
  });
  finallyDo(connection.retain());
  return connection;
}

/** Waits for a state that is as described. */
export function until(
  connection: Connection,
  isThere: (state: ConnectionState) => boolean,
): Promise<ConnectionState> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = connection.getState();
      if (!isThere(state)) return;
      stop();
      resolve(state);
    };
    const stop = connection.subscribe(look);
    look();
  });
}

/** Waits until it is open. */
export const untilOpen = (connection: Connection): Promise<ConnectionState> =>
  until(connection, ({ status }) => status === 'open');

/** Waits until an outage has begun. */
export const untilLost = (connection: Connection): Promise<ConnectionState> =>
  until(connection, ({ status }) => status === 'reconnecting');
