import type { CloseInfo } from './closeInfo.js';
import { CONNECTING, type ConnectionState, IDLE, type Snapshot } from './connectionState.js';
import type { WebSocketError } from './errors.js';
import { NO_OUTAGE, type Outage } from './reconnect/outage.js';

/*
 *            connect               opened
 *   idle ───────────▶ connecting ──────────▶ open ◀─────────┐ opened
 *    ▲ release            │                   │             │
 *    │                    │ closed            │ closed      │
 *    │                    ▼                   ▼             │
 *   (any)             the decision: reconnect ─▶ reconnecting ──┐ due, wake: dial
 *                                   stop ─────▶ closed      ▲───┘ closed: decided again
 *                                   fail ─────▶ failed
 *
 *   close() leads to closed from everywhere but failed; reconnect() leads to a dial from everywhere.
 */

/** What a close leads to, decided before the transition because the user's own rule is code that may do anything. */
export type Decision =
  | { readonly type: 'stop' }
  | { readonly type: 'fail'; readonly error: WebSocketError }
  /** `retryAt` is `null` while there is no network to dial in. */
  | { readonly type: 'reconnect'; readonly outage: Outage; readonly retryAt: number | null };

/** Everything that can happen to a connection. The clock and the random source are read by the sender. */
export type MachineEvent =
  /** Something uses the connection now. */
  | { readonly type: 'connect' }
  /**
   * Nothing uses the connection any more. `close` describes the socket that was open, or is null. With `isReset` the
   * next use is a fresh start, after a failure too.
   */
  | { readonly type: 'release'; readonly close: CloseInfo | null; readonly isReset?: boolean }
  /** The socket is open, and the server has acknowledged the login if there is a `ready` option. */
  | { readonly type: 'opened' }
  /** A socket ended or a dial was refused. */
  | { readonly type: 'closed'; readonly close: CloseInfo; readonly decision: Decision }
  /** The delay is over. */
  | { readonly type: 'due' }
  /** The connection has been open for `stableAfter`. */
  | { readonly type: 'stable' }
  /** The user's `close()`. */
  | { readonly type: 'close'; readonly close: CloseInfo }
  /** The user's `reconnect()`. `close` describes the socket that is replaced, or is null. */
  | { readonly type: 'reconnect'; readonly close: CloseInfo | null; readonly isUsed: boolean }
  /** No socket can be made, or a message broke the contract for good. */
  | { readonly type: 'broken'; readonly error: WebSocketError }
  | { readonly type: 'offline' }
  /** The network or the page is back. `draw` is a number in [0, 1). */
  | { readonly type: 'wake'; readonly now: number; readonly draw: number };

/** The close that an event is about, or `null`. */
export function closeOf(event: MachineEvent): CloseInfo | null {
  if (event.type === 'broken') return event.error.close;
  return 'close' in event ? event.close : null;
}

/**
 * What the connection has to do, in this order.
 *
 * - `abandon`: drop what is under way: detach the socket and close it without waiting, cancel the delay
 * - `wait`: send `due` at `retryAt`
 * - `dial`: begin a dial
 */
export type Effect = 'abandon' | 'wait' | 'dial';

/** The state of the machine: the public snapshot, and what only the next decision needs. */
export interface Machine {
  readonly snapshot: ConnectionState;
  readonly outage: Outage;
  readonly lastClose: CloseInfo | null;
}

/** The next state and the effects: the same object and no effects where the event means nothing. */
export type Transition = readonly [Machine, readonly Effect[]];

/** The machine that every connection begins with. */
export const INITIAL: Machine = { snapshot: IDLE, outage: NO_OUTAGE, lastClose: null };

/** A wake-up spreads its dials over this time, in ms: an access point wakes a whole office at once. */
const WAKE_JITTER_MS = 1_000;

/** Computes the next state and the effects. Pure: no clock, no timers, no user code. */
export function transition(machine: Machine, event: MachineEvent): Transition {
  const { snapshot, outage, lastClose } = machine;
  const { status, waitingFor, retryAt } = snapshot;
  const isDialling = waitingFor === 'handshake';
  const isWaiting = waitingFor !== null && !isDialling;
  const isActive = waitingFor !== null || status === 'open';
  const stopEffects: readonly Effect[] = isActive ? ['abandon'] : [];

  switch (event.type) {
    case 'connect':
      if (status === 'idle') return dial(machine, stopEffects, lastClose);
      break;
    case 'release':
      if (event.isReset ? status !== 'idle' : isActive || status === 'closed') return [INITIAL, stopEffects];
      break;
    case 'opened':
      if (isDialling) return [{ ...machine, snapshot: toState({ status: 'open', lastClose }) }, []];
      break;
    case 'closed': {
      if (!isActive) break;
      const { close, decision } = event;
      if (decision.type === 'reconnect')
        return reconnecting(
          { ...machine, outage: decision.outage, lastClose: close },
          decision.retryAt,
          stopEffects,
        );
      return finish(machine, close, decision.type === 'fail' ? decision.error : null, stopEffects);
    }
    case 'due':
      if (isWaiting) return dial(machine, stopEffects, lastClose);
      break;
    case 'stable':
      if (status === 'open') return [{ ...machine, outage: NO_OUTAGE }, []];
      break;
    case 'close':
      if (isActive || status === 'idle') return finish(machine, event.close, null, stopEffects);
      break;
    case 'reconnect':
      if (event.isUsed) return dial(machine, stopEffects, event.close ?? lastClose);
      // Nothing uses the connection: what ended it is forgotten, and the next use dials.
      if (!isActive && status !== 'idle') return [INITIAL, stopEffects];
      break;
    case 'broken':
      if (isActive) return finish(machine, event.error.close ?? lastClose, event.error, stopEffects);
      break;
    case 'offline':
      if (waitingFor === 'delay') return reconnecting(machine, null, stopEffects);
      break;
    case 'wake': {
      if (!isWaiting) break;
      // Timers of a page that slept or was cached may fire long after the delay was over.
      if (retryAt !== null && retryAt <= event.now) return dial(machine, stopEffects, lastClose);
      // No longer than `minDelay`, even if the clock was put back since the close.
      const left = outage.notBefore - Math.max(event.now, outage.cause?.at ?? 0);
      const until = event.now + Math.max(0, left) + event.draw * WAKE_JITTER_MS;
      if (retryAt === null || retryAt > until) return reconnecting(machine, until, stopEffects);
    }
  }
  return [machine, []];
}

/** A dial: within the outage while one is being recovered, else a first one. */
function dial(machine: Machine, stopEffects: readonly Effect[], lastClose: CloseInfo | null): Transition {
  const { snapshot, outage } = machine;
  const effects: readonly Effect[] = [...stopEffects, 'dial'];
  // A dial that is under way starts again: nothing shows, but it is another state.
  if (snapshot.waitingFor === 'handshake') return [{ ...machine }, effects];
  if (snapshot.status === 'reconnecting') {
    const { attempt, cause } = outage;
    const next = toState({ status: 'reconnecting', waitingFor: 'handshake', attempt, cause, lastClose });
    return [{ ...machine, snapshot: next }, effects];
  }
  return [{ snapshot: CONNECTING, outage: NO_OUTAGE, lastClose }, effects];
}

/** Between dials: until the delay is over, or until the network is back. */
function reconnecting(machine: Machine, retryAt: number | null, stopEffects: readonly Effect[]): Transition {
  const { outage, lastClose } = machine;
  const { attempt, cause } = outage;
  const waitingFor = retryAt === null ? 'network' : 'delay';
  const snapshot = toState({ status: 'reconnecting', waitingFor, retryAt, attempt, cause, lastClose });
  return [{ ...machine, snapshot }, retryAt === null ? stopEffects : [...stopEffects, 'wait']];
}

/** The end, normal or by an error. */
function finish(
  { outage }: Machine,
  lastClose: CloseInfo | null,
  error: WebSocketError | null,
  stopEffects: readonly Effect[],
): Transition {
  if (!error)
    return [
      { snapshot: toState({ status: 'closed', lastClose }), outage: NO_OUTAGE, lastClose },
      stopEffects,
    ];
  const snapshot = toState({ status: 'failed', attempt: outage.attempt, lastClose, error });
  return [{ snapshot, outage, lastClose }, stopEffects];
}

function toState(columns: Partial<Snapshot> & Pick<Snapshot, 'status'>): ConnectionState {
  return Object.freeze({ ...IDLE, ...columns }) as ConnectionState;
}
