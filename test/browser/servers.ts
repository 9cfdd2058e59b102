/** Real servers for the tests in Chromium: each is a process of its own. */
import { afterEach, inject } from 'vitest';

/** What is wrong with a server; without a fault it sends every message back. */
export interface Fault {
  /** Closes with this code and reason right after the handshake. */
  readonly closeOnOpen?: readonly [code: number, reason: string];
  /** Closes with 1003 on binary data. */
  readonly textOnly?: boolean;
  /** Answers a message with text that is no UTF-8. */
  readonly invalidUtf8?: boolean;
  /** Takes the connection and never answers the handshake. */
  readonly mute?: boolean;
  /** Answers with a subprotocol that was not offered. */
  readonly protocol?: string;
  /** How many dials get HTTP 503 before it is well. */
  readonly refusals?: number;
}

/** What a page asks the control endpoint of globalSetup.ts for. */
export type Command =
  | { readonly type: 'start'; readonly port?: number; readonly fault?: Fault }
  | {
      readonly type: 'signal';
      readonly port: number;
      readonly signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT';
    }
  | {
      readonly type: 'down' | 'close';
      readonly port: number;
      readonly code: number;
      readonly reason: string;
    }
  | { readonly type: 'stats'; readonly port: number };

export interface Reply {
  readonly port: number;
  readonly stats?: Stats;
}

/** What a server process has seen since it was started. */
export interface Stats {
  readonly dials: number;
  readonly received: readonly string[];
}

export interface RealServer {
  readonly url: string;
  /** Closes every socket with a code and stays up. */
  close(code: number, reason?: string): Promise<unknown>;
  /** Closes every socket with a code and ends the process: dials are refused. */
  goDown(code: number, reason?: string): Promise<unknown>;
  /** Sends the process a signal; after SIGKILL it is gone. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<unknown>;
  /** A new process on the same port. */
  comeBack(fault?: Fault): Promise<unknown>;
  stats(): Promise<Stats>;
}

const NOTHING_SEEN: Stats = { dials: 0, received: [] };
const started = new Set<number>();

async function ask(command: Command): Promise<Reply> {
  const response = await fetch(inject('controlUrl'), { method: 'POST', body: JSON.stringify(command) });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Reply;
}

export async function startServer(fault: Fault = {}): Promise<RealServer> {
  const { port } = await ask({ type: 'start', fault });
  started.add(port);
  return {
    url: `ws://127.0.0.1:${port}/`,
    close: (code, reason = '') => ask({ type: 'close', port, code, reason }),
    goDown: (code, reason = '') => ask({ type: 'down', port, code, reason }),
    signal: (signal) => ask({ type: 'signal', port, signal }),
    comeBack: (next = {}) => ask({ type: 'start', port, fault: next }),
    stats: async () => (await ask({ type: 'stats', port })).stats ?? NOTHING_SEEN,
  };
}

afterEach(async () => {
  for (const port of started) await ask({ type: 'signal', port, signal: 'SIGKILL' });
  started.clear();
});
