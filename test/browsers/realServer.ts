import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

/** How long a scenario waits for an expected event. */
export const WAIT_LIMIT_MS = 45_000;

const SCRIPT = new URL('./serverProcess.mjs', import.meta.url);

/** What a server has recorded so far. */
export interface ServerRecord {
  /** The number of dials to each path. */
  readonly dials: Readonly<Record<string, number>>;
  /** The close codes of the sockets of each path, as the server received them. */
  readonly closes: Readonly<Record<string, readonly number[]>>;
  /** The beginnings of all received messages, as text. */
  readonly received: readonly string[];
}

/** Where and how a server listens. */
export interface ListenOptions {
  readonly host: string;
  /** @default 0, any free port */
  readonly port?: number;
  /** The paths of a key and a certificate, for a `wss:` server. */
  readonly tls?: readonly [key: string, cert: string];
}

export interface RealServer {
  readonly host: string;
  readonly port: number;
  readonly process: ChildProcess;
  readonly url: (path: string) => string;
  readonly record: () => ServerRecord;
  /** Waits until the record fulfils a condition. */
  readonly waitUntil: (condition: (record: ServerRecord) => boolean) => Promise<void>;
  /** Closes all sockets with this code; the server goes on. */
  readonly close: (code: number) => void;
  /** Closes all sockets with 1012 and ends the process; resolves when it has ended. */
  readonly restart: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

type Report = { readonly port: number } | { readonly record: ServerRecord };

/** Starts a server in another process. */
export async function startServer({ host, port = 0, tls }: ListenOptions): Promise<RealServer> {
  const child = fork(SCRIPT, [host, String(port), ...(tls ?? [])]);
  const [report] = (await once(child, 'message')) as [{ port: number }];
  const updates = new EventEmitter();
  let record: ServerRecord = { dials: {}, closes: {}, received: [] };
  child.on('message', (message: Report) => {
    if ('record' in message) record = message.record;
    updates.emit('record');
  });
  return {
    host,
    port: report.port,
    process: child,
    url: (path) => `${tls ? 'wss' : 'ws'}://${host}:${report.port}${path}`,
    record: () => record,
    async waitUntil(condition) {
      const signal = AbortSignal.timeout(WAIT_LIMIT_MS);
      while (!condition(record)) {
        await once(updates, 'record', { signal }).catch((error: unknown) => {
          throw new Error(`Timed out waiting for ${condition.toString()}: ${JSON.stringify(record)}`, {
            cause: error,
          });
        });
      }
    },
    close(code) {
      child.send({ code });
    },
    async restart() {
      child.send({ code: 1012, isRestart: true });
      await once(child, 'exit');
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
