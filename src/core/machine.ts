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
 * - `abandon`: drop what is under way: detach the socket and close it without waiting, cancel the wait
 * - `wait`: send `due` at `retryAt`
 * - `dial`: begin a dial
 */
export type Effect = 'abandon' | 'wait' | 'dial';

/** The state of the machine: what everybody sees, and what only the next decision needs. */
export interface Machine {
  readonly snapshot: ConnectionState;
  readonly episode: Episode;
  readonly lastClose: CloseInfo | null;
}

/** A next state, and what to do: the same object and nothing where an event means nothing. */
export type Transition = readonly [Machine, readonly Effect[]];

/** The snapshot of a connection that nobody uses, and of every server render. */
export const IDLE: ConnectionState = Object.freeze({
  status: 'idle',
  attempt: 0,
  retryAt: null,
  waitingFor: null,
  cause: null,
  lastClose: null,
  error: null,
});

/** The machine that every connection begins with. */
export const INITIAL: Machine = { snapshot: IDLE, episode: CALM, lastClose: null };

/** What goes with another state. */
interface Consequences {
  readonly effects: readonly Effect[];
  readonly outage: Episode;
  readonly close: CloseInfo | null;
}

/** A wake-up spreads its dials over this many ms: an access point wakes a whole office at once. */
const WAKE_JITTER = 1_000;

/** The whole truth about the six states: a pure function of the state and the event. */
export function transition(machine: Machine, event: MachineEvent): Transition {
  const { snapshot, episode, lastClose } = machine;
  const { status, waitingFor, retryAt } = snapshot;
  const isAlive = waitingFor !== null || status === 'open';
  const isWaiting = waitingFor !== null && waitingFor !== 'handshake';
  /** What ends the work of the present state. */
  const halt: readonly Effect[] = isAlive ? ['abandon'] : [];

  /** Another state, by the columns of the table. What an outage and the latest close are stays unless it is given. */
  const become = (
    next: Partial<Snapshot> & Pick<Snapshot, 'status'>,
    { effects = halt, outage = episode, close = lastClose }: Partial<Consequences> = {},
  ): Transition => [
    {
      snapshot: Object.freeze({
        ...IDLE,
        attempt: next.status === 'open' ? 0 : outage.attempt,
        cause: next.status === 'reconnecting' ? outage.cause : null,
        lastClose: next.status === 'connecting' ? null : close,
        ...next,
      }) as ConnectionState,
      episode: outage,
      lastClose: close,
    },
    effects,
  ];
  const dial = (close = lastClose): Transition => {
    const effects: readonly Effect[] = [...halt, 'dial'];
    if (isWaiting) return become({ status: 'reconnecting', waitingFor: 'handshake' }, { effects });
    // One that is under way begins anew.
    if (waitingFor) return [{ ...machine }, effects];
    return become({ status: 'connecting', waitingFor: 'handshake' }, { effects, outage: CALM, close });
  };
  const wait = (until: number, more?: Partial<Consequences>): Transition =>
    become(
      { status: 'reconnecting', waitingFor: 'delay', retryAt: until },
      { effects: [...halt, 'wait'], ...more },
    );
  const waitForNetwork = (more?: Partial<Consequences>): Transition =>
    become({ status: 'reconnecting', waitingFor: 'network' }, more);
  const end = (close: CloseInfo | null, error: WebSocketError | null = null): Transition =>
    error
      ? become({ status: 'failed', error }, { close })
      : become({ status: 'closed' }, { outage: CALM, close });

  switch (event.type) {
    case 'connect':
      if (status === 'idle') return dial();
      break;
    case 'release':
      if (isAlive || status === 'closed') return [INITIAL, halt];
      break;
    case 'opened':
      if (waitingFor === 'handshake') return become({ status: 'open' }, { effects: [] });
      break;
    case 'closed': {
      if (!isAlive) break;
      const { close, rules, draw, lastSent } = event;
      const decision = closePolicy(close, episode, rules, draw);
      if (decision.type === 'stop') return end(close);
      if (decision.type === 'fail')
        return end(close, closeError(decision.kind, decision.close, lastSent, episode.attempt));
      const more = { outage: decision.episode, close };
      return event.offline ? waitForNetwork(more) : wait(close.at + decision.delay, more);
    }
    case 'due':
      if (isWaiting) return dial();
      break;
    case 'stable':
      if (status === 'open') return [{ ...machine, episode: CALM }, []];
      break;
    case 'close':
      if (isAlive || status === 'idle') return end(event.close);
      break;
    case 'reconnect':
      if (event.wanted) return dial(event.close ?? lastClose);
      // Nobody would use the connection: what ended it is over, and the next user dials.
      if (!isAlive && status !== 'idle') return [INITIAL, halt];
      break;
    case 'broken':
      if (isAlive) return end(event.error.close ?? lastClose, event.error);
      break;
    case 'offline':
      if (waitingFor === 'delay') return waitForNetwork();
      break;
    case 'wake': {
      const until = Math.max(event.now, episode.notBefore) + event.draw * WAKE_JITTER;
      if (isWaiting && !(retryAt !== null && retryAt <= until)) return wait(until);
    }
  }
  return [machine, []];
}
