/** What must be true after every step. Each check throws, and says what it wanted. */
import type { CloseInfo, ConnectionState } from '../../src/core/index.js';
import type { FakeSocket } from '../support/fakeSocket.js';
import type { End } from './closeTable.js';
import { nameOf } from './messages.js';
import type { Reference } from './reference.js';
import type { Entry, ModelSocket } from './world.js';

export function same(what: string, actual: unknown, wanted: unknown): void {
  if (isSame(actual, wanted)) return;
  throw new Error(`${what}: it is ${JSON.stringify(actual)}, and should be ${JSON.stringify(wanted)}`);
}

/** For plain data; a hundred thousand steps need it fast. */
function isSame(one: unknown, two: unknown): boolean {
  if (Object.is(one, two)) return true;
  if (typeof one !== 'object' || typeof two !== 'object' || !one || !two) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(two).length &&
    keys.every((key) => isSame(one[key as keyof typeof one], two[key as keyof typeof two]))
  );
}

export function holds(what: string, condition: boolean): void {
  if (!condition) throw new Error(what);
}

/** A close, as far as it is compared. */
export function endOf(close: CloseInfo): End {
  const { code, reason, opened, local, at } = close;
  return { code, reason, opened, local, at };
}

const KEYS = ['attempt', 'cause', 'error', 'lastClose', 'retryAt', 'status', 'waitingFor'];
const WAITING: Readonly<Record<string, readonly unknown[]>> = {
  idle: [null],
  connecting: ['handshake'],
  open: [null],
  closed: [null],
  failed: [null],
};

/** A snapshot that could be anything. */
type Loose = { readonly [Key in keyof ConnectionState]: ConnectionState[Key] };

/** The columns of the state table: what every status has and has not. */
function checkShape(state: ConnectionState): void {
  const { status, attempt, retryAt, waitingFor, cause, lastClose, error } = state as Loose;
  const isOutage = status === 'reconnecting';
  const waits: readonly unknown[] = isOutage ? ['delay', 'network', 'handshake'] : (WAITING[status] ?? []);
  same('the keys of a snapshot', Object.keys(state).sort(), KEYS);
  holds(`a snapshot is immutable (${status})`, Object.isFrozen(state));
  holds(`${status} with waitingFor ${String(waitingFor)}`, waits.includes(waitingFor));
  holds(`${status} with attempt ${attempt}`, isOutage ? attempt >= 1 : status === 'failed' || attempt === 0);
  holds(`${status} with retryAt ${String(retryAt)}`, (retryAt !== null) === (waitingFor === 'delay'));
  holds(`${status} with cause`, (cause !== null) === isOutage);
  holds(`${status} with error`, (error !== null) === (status === 'failed'));
  if (status === 'idle' || status === 'connecting') holds(`${status} with lastClose`, lastClose === null);
  if (status === 'closed' || isOutage) holds(`${status} without lastClose`, lastClose !== null);
}

/** Compares a snapshot with the model, which then takes over the delay that was drawn. */
export function checkState(model: Reference, state: ConnectionState, draw: number | null): void {
  checkShape(state);
  const { status, waitingFor } = model;
  const attempt = model.error?.codes[0] === 4003 ? state.attempt : model.attempt;
  same('the state', [state.status, state.attempt, state.waitingFor], [status, attempt, waitingFor]);
  if (state.cause) same('the cause', endOf(state.cause), model.outage.cause);
  const hasLast = status !== 'idle' && status !== 'connecting';
  same('lastClose', state.lastClose && endOf(state.lastClose), hasLast ? model.lastClose : null);
  if (state.error) {
    same('the kind of the error', state.error.kind, model.error?.kind);
    holds(
      `the error names ${String(state.error.code)}`,
      model.error?.codes.includes(state.error.code) ?? false,
    );
    if (state.error.code === 1003)
      same('lastSent is known', state.error.lastSent !== null, model.lastSent !== null);
  }
  if (model.expected) checkDelay(model, state.retryAt, draw);
  else same('retryAt', state.retryAt, model.retryAt);
  model.adopt(state.retryAt);
}

function checkDelay({ expected, world }: Reference, retryAt: number | null, draw: number | null): void {
  if (!expected) return;
  const { windows, orStay } = expected;
  if (retryAt === null) throw new Error('there is no retryAt');
  const places = windows.map(([low, high]) => {
    const at = low + (draw ?? 0) * (high - low);
    const [from, to] = draw === null ? [low, high] : [at - 1, at + 1];
    return orStay === undefined || orStay > from ? [from, Math.min(to, orStay ?? to)] : [orStay, orStay];
  });
  const isRight =
    retryAt >= world.now &&
    places.some(([from = 0, to = 0]) => retryAt >= from - 0.01 && retryAt <= to + 0.01);
  if (!isRight)
    throw new Error(
      `the dial is due in ${retryAt - world.now} ms, and should be in ${JSON.stringify(
        places.map(([from = 0, to = 0]) => [from - world.now, to - world.now]),
      )}`,
    );
}

/**
 * Compares the callbacks of one step. Drops stand in a row of their own: they are no part of what is told of
 * states, and nobody says which of several connections hands back first.
 */
export function checkLog(actual: readonly Entry[], wanted: readonly Entry[], connections: number): void {
  const isDrop = ({ name }: Entry): boolean => name === 'drop';
  for (const to of new Set([...actual, ...wanted].map((entry) => entry.to))) {
    const own = (entries: readonly Entry[], drops: boolean) => {
      const told = entries
        .filter((entry) => entry.to === to && isDrop(entry) === drops)
        .map((entry) => `${entry.name} ${entry.told}`);
      return drops && connections > 1 ? told.sort() : told;
    };
    same(`what ${to} is told`, own(actual, false), own(wanted, false));
    same(`what ${to} gets back`, own(actual, true), own(wanted, true));
  }
}

const sharedIgnorers = new Set<unknown>();

/** Compares a socket with the model. */
export function checkSocket(actual: FakeSocket, model: ModelSocket): void {
  same('whether the socket is in use', actual.isLive, model.isLive);
  same('what went out', actual.sent.map(nameOf), model.wire);
  same('what was sent in vain', actual.lost.length, 0);
  const { onopen, onmessage, onclose, onerror } = actual;
  const isHeard = model.state !== 'over';
  same('listeners of a socket', [onopen, onmessage, onclose].map(Boolean), [isHeard, isHeard, isHeard]);
  if (isHeard) return;
  // Every socket that is over has the same listener for errors, which does nothing.
  if (onerror) sharedIgnorers.add(onerror);
  holds('sockets that are over share one listener', sharedIgnorers.size <= 1);
  onerror?.(new Event('error'));
}
