/** Real servers for the tests in Chromium. Each runs in its own process. */
import { afterEach, inject } from 'vitest';

/** How a server misbehaves. A server without a fault echoes every message. */
export interface Fault {
  /** Closes with this code and reason right after the handshake. */
  readonly closeOnOpen?: readonly [code: number, reason: string];
  /** Closes with 1003 on binary data. */
  readonly textOnly?: boolean;
  /** Answers every message with a text frame that is not valid UTF-8. */
  readonly invalidUtf8?: boolean;
  /** Accepts the TCP connection and never answers the handshake. */
  readonly mute?: boolean;
  /** Selects this subprotocol, even if the client did not offer it. */
  readonly protocol?: string;
  /** How many dials get HTTP 503 before the server accepts. */
  readonly refusals?: number;
}

/** A request to the control endpoint of globalSetup.ts. */
export type ControlCommand =
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

export interface ControlReply {
  readonly port: number;
  readonly stats?: ServerStats;
}

/** What a server process received since it started. */
export interface ServerStats {
  readonly dials: number;
  readonly received: readonly string[];
}

export interface RealServer {
  readonly url: string;
  /** Closes every socket with a code and keeps listening. */
  close(code: number, reason?: string): Promise<unknown>;
  /** Closes every socket with a code and ends the process. New dials are refused. */
  shutDown(code: number, reason?: string): Promise<unknown>;
  /** Sends a signal to the process. With SIGKILL, waits until the process ended. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<unknown>;
  /** Starts a new process on the same port. */
  startAgain(fault?: Fault): Promise<unknown>;
  stats(): Promise<ServerStats>;
}

const NO_STATS: ServerStats = { dials: 0, received: [] };
const started = new Set<number>();

async function sendCommand(command: ControlCommand): Promise<ControlReply> {
  const response = await fetch(inject('controlUrl'), { method: 'POST', body: JSON.stringify(command) });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as ControlReply;
}

export async function startRealServer(fault: Fault = {}): Promise<RealServer> {
  const { port } = await sendCommand({ type: 'start', fault });
  started.add(port);
  return {
    url: `ws://127.0.0.1:${port}/`,
    close: (code, reason = '') => sendCommand({ type: 'close', port, code, reason }),
    shutDown: (code, reason = '') => sendCommand({ type: 'down', port, code, reason }),
    signal: (signal) => sendCommand({ type: 'signal', port, signal }),
    startAgain: (next = {}) => sendCommand({ type: 'start', port, fault: next }),
    stats: async () => (await sendCommand({ type: 'stats', port })).stats ?? NO_STATS,
  };
}

afterEach(async () => {
  for (const port of started) await sendCommand({ type: 'signal', port, signal: 'SIGKILL' });
  started.clear();
});
