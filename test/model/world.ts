/** What the connections of a sequence have in common: time, network, server. */
import type { Policy } from './closeTable.js';
import type { Reference } from './reference.js';

/** What becomes of the next dials. `blocked` is the work of a Content Security Policy: closed from the start. */
export type Conduct = 'works' | 'throws' | 'blocked' | 'bad url';

/** Never two of a kind in one connection. `dial` is the time that a handshake may take. */
export type TimerKind = 'delay' | 'linger' | 'dial' | 'heartbeat';

/** A socket that has to be there. */
export interface ModelSocket {
  readonly owner: Reference;
  readonly url: string;
  /** `closing`: it is not open any more, and has not said so yet. */
  state: 'connecting' | 'open' | 'closing' | 'over';
  isLive: boolean;
  /** What went out, in order. */
  readonly wire: string[];
}

/** A terminal error, as far as it is compared. */
export interface ModelError {
  readonly kind: 'contract' | 'policy' | 'exhausted' | 'setup';
  /** The codes that it may name. */
  readonly codes: readonly (number | null)[];
}

/** One call of a callback. */
export interface Entry {
  /** Whose callback: `own` is that of the connection. */
  readonly to: string;
  readonly name: 'open' | 'message' | 'close' | 'error' | 'drop';
  readonly told: string;
}

/** The options that matter here, as plain data with nothing left out. */
export interface ModelOptions {
  readonly reconnect: Policy;
  readonly contract: 'none' | 'text' | 'json';
  readonly onViolation: 'report' | 'fail';
  readonly sendQueue: Readonly<Record<'maxMessages' | 'maxBytes' | 'maxAge', number>>;
  readonly connectTimeout: number;
  readonly heartbeat: { readonly interval: number; readonly timeout: number } | null;
  readonly pageAware: boolean;
  readonly linger: number;
  /** Every draw, or `null` for draws that nobody knows beforehand. */
  readonly draw: number | null;
  /** `onOpen` sends a message. */
  readonly greets: boolean;
}

export interface World {
  now: number;
  /** A timer is running: see the fake clock. */
  isTicking: boolean;
  isOffline: boolean;
  conduct: Conduct;
  /** How many exceptions of user code have to be reported. */
  reports: number;
  /** Every socket that was made, oldest first. */
  readonly sockets: ModelSocket[];
}
