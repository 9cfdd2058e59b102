import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

/** How long a scenario waits for anything that it expects. */
export const PATIENCE_MS = 45_000;

const SCRIPT = new URL('./serverProcess.mjs', import.meta.url);

/** What a server has seen so far. */
export interface Seen {
  /** Dials by path. */
  readonly dials: Readonly<Record<string, number>>;
  /** By path, the codes with which its sockets ended, as the server saw them. */
  readonly closes: Readonly<Record<string, readonly number[]>>;
  /** Messages, as text. */
  readonly received: readonly string[];
}

/** Where a server listens. */
export interface Place {
  readonly host: string;
  /** @default 0: any */
  readonly port?: number;
  /** The files of a key and a certificate make it a `wss:` server. */
  readonly tls?: readonly [key: string, cert: string];
}

export interface RealServer {
  readonly host: string;
  readonly port: number;
  readonly process: ChildProcess;
  readonly url: (path: string) => string;
  readonly seen: () => Seen;
  /** Waits until what it has seen is as described. */
  readonly until: (isThere: (seen: Seen) => boolean) => Promise<void>;
  /** Closes every socket with this code and stays up. */
  readonly close: (code: number) => void;
  /** Closes every socket with 1012 and ends; resolves when the process is gone. */
  readonly restart: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

type Report = { readonly port: number } | { readonly seen: Seen };

/** Starts a server in a process of its own. */
export async function startServer({ host, port = 0, tls }: Place): Promise<RealServer> {
  const child = fork(SCRIPT, [host, String(port), ...(tls ?? [])]);
  const [report] = (await once(child, 'message')) as [{ port: number }];
  const news = new EventEmitter();
  let seen: Seen = { dials: {}, closes: {}, received: [] };
  child.on('message', (message: Report) => {
    if ('seen' in message) seen = message.seen;
    news.emit('seen');
  });
  return {
    host,
    port: report.port,
    process: child,
    url: (path) => `${tls ? 'wss' : 'ws'}://${host}:${report.port}${path}`,
    seen: () => seen,
    async until(isThere) {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      while (!isThere(seen)) {
        await once(news, 'seen', { signal }).catch((error: unknown) => {
          throw new Error(`Waited in vain for ${isThere.toString()}: ${JSON.stringify(seen)}`, {
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
