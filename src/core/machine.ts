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
      readonly online: boolean;
      readonly lastSent: SentFrame | null;
      /** The page has just come back: that is a reason to be prompt. */
      readonly woken: boolean;
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

/** What the connection has to do about it, in this order. */
export type Effect =
  /** Begin a dial. */
  | { readonly type: 'dial' }
  /** Detach the socket and close it without waiting. */
  | { readonly type: 'abandon' }
  /** Send `due` at this time. */
  | { readonly type: 'wait'; readonly until: number }
  /** Drop that timer. */
  | { readonly type: 'cancel' }
  /** Hand the queue to the socket. */
  | { readonly type: 'flush' }
  /** `reconnect.decide` threw or answered amiss. */
  | { readonly type: 'report'; readonly problem: unknown };

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
  const { status, waitingFor } = snapshot;
  const alive = status === 'connecting' || status === 'open' || status === 'reconnecting';
  const waiting = waitingFor === 'delay' || waitingFor === 'network';
  /** What ends the work of the present state. */
  const halt: readonly Effect[] = !alive ? [] : waiting ? [{ type: 'cancel' }] : [{ type: 'abandon' }];

  switch (event.type) {
    case 'connect':
      return status === 'idle' ? connecting(null, []) : stay();
    case 'release':
      return alive || status === 'closed' ? [INITIAL, halt] : stay();
    case 'opened':
      return waitingFor === 'handshake'
        ? [
            { snapshot: freeze({ ...QUIET, status: 'open', lastClose }), episode, lastClose },
            [{ type: 'flush' }],
          ]
        : stay();
    case 'closed':
      return alive ? afterClose(event) : stay();
    case 'due':
      return waiting ? reconnecting(episode, 'handshake', null, [{ type: 'dial' }]) : stay();
    case 'stable':
      return status === 'open' && episode !== CALM ? [{ ...machine, episode: CALM }, []] : stay();
    case 'close':
      return alive || status === 'idle' ? closed(event.close, halt) : stay();
    case 'reconnect':
      // Nobody would use the connection: a failure is over, and the next user dials.
      if (!event.wanted) return status === 'failed' ? [INITIAL, []] : stay();
      return status === 'reconnecting'
        ? reconnecting(episode, 'handshake', null, [...halt, { type: 'dial' }])
        : connecting(event.close, halt);
    case 'broken':
      return alive ? failed(event.error, event.error.close ?? lastClose, halt) : stay();
    case 'offline':
      return waitingFor === 'delay' ? reconnecting(episode, 'network', null, halt) : stay();
    case 'wake': {
      const until = Math.max(event.now, episode.notBefore) + event.draw * WAKE_JITTER;
      const sooner = waitingFor === 'network' || (snapshot.retryAt !== null && until < snapshot.retryAt);
      return sooner ? reconnecting(episode, 'delay', until, [...halt, { type: 'wait', until }]) : stay();
    }
  }

  function stay(): Transition {
    return [machine, []];
  }

  function connecting(close: CloseInfo | null, first: readonly Effect[]): Transition {
    const next =
      status === 'connecting'
        ? snapshot
        : freeze({ ...QUIET, status: 'connecting', waitingFor: 'handshake' });
    return [{ snapshot: next, episode: CALM, lastClose: close ?? lastClose }, [...first, { type: 'dial' }]];
  }

  function reconnecting(
    outage: Episode,
    next: 'delay' | 'network' | 'handshake',
    retryAt: number | null,
    effects: readonly Effect[],
    latest = lastClose,
  ): Transition {
    const { attempt, cause } = outage;
    const state = {
      ...QUIET,
      status: 'reconnecting',
      attempt,
      retryAt,
      waitingFor: next,
      cause,
      lastClose: latest,
    } as Reconnecting;
    const same =
      status === 'reconnecting' &&
      waitingFor === next &&
      snapshot.retryAt === retryAt &&
      latest === lastClose;
    return [{ snapshot: same ? snapshot : freeze(state), episode: outage, lastClose: latest }, effects];
  }

  function closed(close: CloseInfo, effects: readonly Effect[]): Transition {
    return [
      { snapshot: freeze({ ...QUIET, status: 'closed', lastClose: close }), episode: CALM, lastClose: close },
      effects,
    ];
  }

  function failed(error: WebSocketError, latest: CloseInfo | null, effects: readonly Effect[]): Transition {
    const state = freeze({ ...QUIET, status: 'failed', attempt: episode.attempt, lastClose: latest, error });
    return [{ snapshot: state, episode: CALM, lastClose: latest }, effects];
  }

  function afterClose({
    close,
    rules,
    draw,
    online,
    lastSent,
    woken,
  }: MachineEvent & { type: 'closed' }): Transition {
    const { decision, problem } = closePolicy(close, episode, rules, draw);
    const effects: Effect[] = problem === undefined ? [] : [{ type: 'report', problem }];
    switch (decision.type) {
      case 'stop':
        return closed(close, effects);
      case 'fail':
        return failed(closeError(decision.kind, decision.close, lastSent, episode.attempt), close, effects);
      case 'reconnect': {
        if (!online) return reconnecting(decision.episode, 'network', null, effects, close);
        const drawn = close.at + decision.delay;
        const until = woken
          ? Math.min(drawn, Math.max(close.at, decision.episode.notBefore) + draw * WAKE_JITTER)
          : drawn;
        return reconnecting(decision.episode, 'delay', until, [...effects, { type: 'wait', until }], close);
      }
    }
  }
}

function freeze(state: ConnectionState): ConnectionState {
  Object.freeze(state);
  return state;
}
