import type { CloseInfo } from './closeCodes.js';
import { CALM, closePolicy, type Episode } from './closePolicy.js';
import { closeError, type SentFrame, type WebSocketError } from './errors.js';
import type { ReconnectRules } from './reconnectRules.js';

/**
 * Where a connection stands. Every member has every key, so that destructuring narrows by `status`.
 *
 * - `idle`: nobody uses it
 * - `connecting`: the first dial
 * - `open`: messages flow
 * - `reconnecting`: an outage is being recovered
 * - `closed`: ended normally
 * - `failed`: ended for good, and `error` says why
 */
export type ConnectionState = Idle | Connecting | Open | Reconnecting | Closed | Failed;

/** The six states. */
export type ConnectionStatus = ConnectionState['status'];

interface Snapshot {
  readonly status: string;
  /** The number of the attempt within the outage; after a failure, the attempts that were spent. */
  readonly attempt: number;
  /** When the next dial is due, in ms since the epoch, while one is waited for. */
  readonly retryAt: number | null;
  /** What has to happen next: a delay to pass, the network to return, or a handshake to finish. */
  readonly waitingFor: 'delay' | 'network' | 'handshake' | null;
  /** The close that began the outage. */
  readonly cause: CloseInfo | null;
  /** The latest close. */
  readonly lastClose: CloseInfo | null;
  readonly error: WebSocketError | null;
}

interface Quiet extends Snapshot {
  readonly attempt: 0;
  readonly retryAt: null;
  readonly waitingFor: null;
  readonly cause: null;
  readonly lastClose: null;
  readonly error: null;
}
interface Idle extends Quiet {
  readonly status: 'idle';
}
interface Connecting extends Omit<Quiet, 'waitingFor'> {
  readonly status: 'connecting';
  readonly waitingFor: 'handshake';
}
interface Open extends Omit<Quiet, 'lastClose'> {
  readonly status: 'open';
  readonly lastClose: CloseInfo | null;
}
interface Reconnecting extends Snapshot {
  readonly status: 'reconnecting';
  readonly waitingFor: 'delay' | 'network' | 'handshake';
  readonly cause: CloseInfo;
  readonly lastClose: CloseInfo;
  readonly error: null;
}
interface Closed extends Omit<Quiet, 'lastClose'> {
  readonly status: 'closed';
  readonly lastClose: CloseInfo;
}
interface Failed extends Snapshot {
  readonly status: 'failed';
  readonly retryAt: null;
  readonly waitingFor: null;
  readonly cause: null;
  readonly error: WebSocketError;
}

/** Everything that can happen to a connection. Clock and random source are read by who sends it. */
export type MachineEvent =
  /** Somebody uses the connection. */
  | { readonly type: 'connect' }
  /** Nobody uses it any more; `close` is the end of the socket that was open, if one was. */
  | { readonly type: 'release'; readonly close: CloseInfo | null }
  | { readonly type: 'opened' }
  /** A socket ended or a dial was refused. */
  | {
      readonly type: 'closed';
      readonly close: CloseInfo;
      readonly rules: ReconnectRules;
      readonly draw: number;
      readonly lastSent: SentFrame | null;
      /** There is no network to dial in. */
      readonly offline?: boolean;
    }
  /** The delay is over. */
  | { readonly type: 'due' }
  /** The connection has been open for `stableAfter`. */
  | { readonly type: 'stable' }
  /** The user's `close()`. */
  | { readonly type: 'close'; readonly close: CloseInfo }
  /** The user's `reconnect()`; `close` is the end of the socket that is replaced, if one is open. */
  | { readonly type: 'reconnect'; readonly close: CloseInfo | null; readonly wanted: boolean }
  /** No socket can be made, or a message broke the contract for good. */
  | { readonly type: 'broken'; readonly error: WebSocketError }
  | { readonly type: 'offline' }
  /** The network or the page is back. */
  | { readonly type: 'wake'; readonly now: number; readonly draw: number };

/**
 * What the connection has to do about it, in this order.
 *
 * - `dial`: begin a dial
 * - `abandon`: detach the socket and close it without waiting
 * - `wait`: send `due` at `retryAt`
 * - `cancel`: drop that timer
 * - `flush`: hand the queue to the socket
 */
export type Effect = 'dial' | 'abandon' | 'wait' | 'cancel' | 'flush';

/** The state of the machine: what everybody sees, and what only the next decision needs. */
export interface Machine {
  readonly snapshot: ConnectionState;
  readonly episode: Episode;
  readonly lastClose: CloseInfo | null;
}

/** A next state, and what to do: the same object and nothing where an event means nothing. */
export type Transition = readonly [Machine, readonly Effect[]];

const QUIET = {
  attempt: 0,
  retryAt: null,
  waitingFor: null,
  cause: null,
  lastClose: null,
  error: null,
} as const;

/** The snapshot of a connection that nobody uses, and of every server render. */
export const IDLE: ConnectionState = Object.freeze({ ...QUIET, status: 'idle' });

/** The machine that every connection begins with. */
export const INITIAL: Machine = { snapshot: IDLE, episode: CALM, lastClose: null };

/** A wake-up spreads its dials over this many ms: an access point wakes a whole office at once. */
const WAKE_JITTER = 1_000;

/** The whole truth about the six states: a pure function of the state and the event. */
export function transition(machine: Machine, event: MachineEvent): Transition {
  const { snapshot, episode, lastClose } = machine;
  const { status, waitingFor, retryAt } = snapshot;
  const isWaiting = waitingFor === 'delay' || waitingFor === 'network';
  const isAlive = waitingFor !== null || status === 'open';
  /** What ends the work of the present state. */
  const halt: readonly Effect[] = isAlive ? [isWaiting ? 'cancel' : 'abandon'] : [];

  /** Another state. An outage goes on only where it is handed on. */
  const become = (
    state: Partial<Snapshot>,
    effects: readonly Effect[],
    latest = lastClose,
    outage = CALM,
  ): Transition => [
    {
      snapshot: Object.freeze({ ...QUIET, ...state }) as ConnectionState,
      episode: outage,
      lastClose: latest,
    },
    effects,
  ];
  const connecting = (latest: CloseInfo | null): Transition =>
    become({ status: 'connecting', waitingFor: 'handshake' }, [...halt, 'dial'], latest);
  /** Inside an outage: a wait ends, and what has to happen next begins. */
  const reconnecting = (
    next: 'delay' | 'network' | 'handshake',
    until: number | null = null,
    latest = lastClose,
    outage = episode,
  ): Transition => {
    const { attempt, cause } = outage;
    const begin: readonly Effect[] = next === 'network' ? [] : [until === null ? 'dial' : 'wait'];
    return become(
      { status: 'reconnecting', attempt, cause, lastClose: latest, waitingFor: next, retryAt: until },
      isWaiting ? [...halt, ...begin] : begin,
      latest,
      outage,
    );
  };
  const closed = (close: CloseInfo, effects: readonly Effect[]): Transition =>
    become({ status: 'closed', lastClose: close }, effects, close);
  const failed = (error: WebSocketError, latest: CloseInfo | null, effects: readonly Effect[]): Transition =>
    become({ status: 'failed', attempt: episode.attempt, lastClose: latest, error }, effects, latest);

  switch (event.type) {
    case 'connect':
      if (status === 'idle') return connecting(null);
      break;
    case 'release':
      if (isAlive || status === 'closed') return [INITIAL, halt];
      break;
    case 'opened':
      if (waitingFor === 'handshake')
        return become({ status: 'open', lastClose }, ['flush'], lastClose, episode);
      break;
    case 'closed': {
      if (!isAlive) break;
      const { close, rules, draw, lastSent } = event;
      const decision = closePolicy(close, episode, rules, draw);
      if (decision.type === 'stop') return closed(close, []);
      if (decision.type === 'fail')
        return failed(closeError(decision.kind, decision.close, lastSent, episode.attempt), close, []);
      return event.offline
        ? reconnecting('network', null, close, decision.episode)
        : reconnecting('delay', close.at + decision.delay, close, decision.episode);
    }
    case 'due':
      if (isWaiting) return reconnecting('handshake');
      break;
    case 'stable':
      if (status === 'open' && episode !== CALM) return [{ ...machine, episode: CALM }, []];
      break;
    case 'close':
      if (isAlive || status === 'idle') return closed(event.close, halt);
      break;
    case 'reconnect':
      if (event.wanted) {
        if (isWaiting) return reconnecting('handshake');
        return waitingFor ? [machine, [...halt, 'dial']] : connecting(event.close ?? lastClose);
      }
      // Nobody would use the connection: what ended it is over, and the next user dials.
      if (status === 'failed' || status === 'closed') return [INITIAL, []];
      break;
    case 'broken':
      if (isAlive) return failed(event.error, event.error.close ?? lastClose, halt);
      break;
    case 'offline':
      if (waitingFor === 'delay') return reconnecting('network');
      break;
    case 'wake': {
      const until = Math.max(event.now, episode.notBefore) + event.draw * WAKE_JITTER;
      if (isWaiting && !(retryAt !== null && retryAt <= until)) return reconnecting('delay', until);
    }
  }
  return [machine, []];
}
