/** The types of the reference model, and of the environment that the connections of one sequence share. */
import type { ReferenceModel } from './referenceModel.js';
import type { ReconnectPolicy } from './referenceRules.js';

/** The outcome of the next dials. `blocked` is a Content Security Policy: the socket is CLOSED from the start. */
export type DialOutcome = 'works' | 'throws' | 'blocked' | 'bad url';

/**
 * A connection has at most one timer of each kind. `dial` is the connect timeout, `closed check` looks whether a
 * socket ended without a close event, `brake` is a `reconnect()` that was slowed down.
 */
export type TimerKind = 'delay' | 'linger' | 'dial' | 'closed check' | 'heartbeat' | 'brake';

/** A socket that the model expects. */
export interface ModelSocket {
  readonly owner: ReferenceModel;
  readonly url: string;
  /** `closing`: it sends no messages any more, and its close event is still to come. */
  state: 'connecting' | 'open' | 'closing' | 'over';
  /** Whether the connection counted it as open. */
  hasOpened: boolean;
  /** Whether its `readyState` is CLOSED although no close event has come. */
  isClosed: boolean;
  /** Whether its `readyState` is CONNECTING or OPEN. */
  isLive: boolean;
  /** What was sent over it, in order. */
  readonly wire: string[];
}

/** A terminal error, as far as it is compared. */
export interface ModelError {
  readonly kind: 'contract' | 'policy' | 'exhausted' | 'setup';
  /** The code that it names. */
  readonly code: number | null;
}

/** The callbacks of a connection, and `state` for the listeners of `subscribe`. */
export type CallbackName = 'open' | 'message' | 'close' | 'error' | 'drop';

/** One call of a callback. */
export interface LogEntry {
  /** Whose callback it is: a component, or the application that made the connection. */
  readonly to: string;
  readonly name: CallbackName;
  readonly detail: string;
}

/** What the application does inside one of its callbacks, every time it is called. */
export interface Reaction {
  readonly on: CallbackName | 'state';
  readonly does: 'reconnect' | 'close' | 'throw';
}

/** The options that matter here, as plain data with nothing left out. */
export interface ModelOptions {
  readonly reconnect: ReconnectPolicy;
  readonly contract: 'none' | 'text' | 'json';
  readonly onViolation: 'report' | 'fail';
  readonly sendQueue: Readonly<Record<'maxMessages' | 'maxBytes' | 'maxAge', number>>;
  readonly connectTimeout: number;
  readonly heartbeat: { readonly interval: number; readonly timeout: number } | null;
  readonly pageAware: boolean;
  readonly linger: number;
  /** Every random draw, `null` for draws that the model does not know, `broken` for a `random` that returns NaN. */
  readonly draw: number | 'broken' | null;
  /** Whether `onOpen` sends a message. */
  readonly greets: boolean;
  readonly reaction: Reaction | null;
  /** Whether `reportError` throws. */
  readonly isReporterBroken: boolean;
}

/** The time, the network and the server of one sequence. */
export interface Environment {
  /** In ms since the epoch. */
  now: number;
  /** How long the machine has slept, in ms: a monotonic clock stands still meanwhile. */
  slept: number;
  /** Increases with every task: calls in one task see the same number. */
  tick: number;
  /** A timer callback is running: the fake clock starts timers of 0 ms a millisecond later then. */
  isTicking: boolean;
  isOffline: boolean;
  outcome: DialOutcome;
  /** Whether `socket.send` throws. */
  isSendBroken: boolean;
  /** How many exceptions of user code must have been reported. */
  reports: number;
  /** Every socket that must have been made, oldest first. */
  readonly sockets: ModelSocket[];
}
