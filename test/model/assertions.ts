/** The checks after every step. Each one throws an error that describes the expectation. */
import type { CloseInfo, ConnectionState } from '../../src/core/index.js';
import type { FakeSocket } from '../support/fakeSocket.js';
import type { ReferenceModel } from './referenceModel.js';
import type { ModelClose } from './referenceRules.js';
import { nameOf } from './testMessages.js';
import type { LogEntry, ModelOptions, ModelSocket } from './modelTypes.js';

export function assertSame(what: string, actual: unknown, expected: unknown): void {
  if (isSame(actual, expected)) return;
  throw new Error(`${what}: it is ${JSON.stringify(actual)}, but should be ${JSON.stringify(expected)}`);
}

/** Compares plain data; a hundred thousand steps need it to be fast. */
function isSame(one: unknown, two: unknown): boolean {
  if (Object.is(one, two)) return true;
  if (typeof one !== 'object' || typeof two !== 'object' || !one || !two) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(two).length &&
    keys.every((key) => isSame(one[key as keyof typeof one], two[key as keyof typeof two]))
  );
}

export function assertTrue(what: string, condition: boolean): void {
  if (!condition) throw new Error(`not true: ${what}`);
}

/** A close, as far as it is compared. */
export function comparedClose(close: CloseInfo): ModelClose {
  const { code, reason, wasClean, opened, local, at } = close;
  return { code, reason, wasClean, opened, local, at };
}

const KEYS = ['attempt', 'cause', 'error', 'lastClose', 'retryAt', 'status', 'waitingFor'];
const WAITING_FOR: Readonly<Record<string, readonly unknown[]>> = {
  idle: [null],
  connecting: ['handshake'],
  open: [null],
  closed: [null],
  failed: [null],
};

/** A snapshot whose columns are not tied to its status. */
type AnySnapshot = { readonly [Key in keyof ConnectionState]: ConnectionState[Key] };

/** The columns of the state table: what every status has and has not. */
function assertShape(state: ConnectionState): void {
  const { status, attempt, retryAt, waitingFor, cause, lastClose, error } = state as AnySnapshot;
  const isOutage = status === 'reconnecting';
  const waits: readonly unknown[] = isOutage
    ? ['delay', 'network', 'handshake']
    : (WAITING_FOR[status] ?? []);
  assertSame('the keys of a snapshot', Object.keys(state).sort(), KEYS);
  assertTrue(`a snapshot is immutable (${status})`, Object.isFrozen(state));
  assertTrue(`${status} allows waitingFor ${String(waitingFor)}`, waits.includes(waitingFor));
  assertTrue(
    `${status} allows attempt ${attempt}`,
    isOutage ? attempt >= 1 : status === 'failed' || attempt === 0,
  );
  assertTrue(`${status} allows retryAt ${String(retryAt)}`, (retryAt !== null) === (waitingFor === 'delay'));
  assertTrue(`there is a cause only while reconnecting, not while ${status}`, (cause !== null) === isOutage);
  assertTrue(
    `there is an error only while failed, not while ${status}`,
    (error !== null) === (status === 'failed'),
  );
  if (status === 'idle' || status === 'connecting')
    assertTrue(`${status} has no lastClose`, lastClose === null);
  if (status === 'closed' || isOutage) assertTrue(`${status} has a lastClose`, lastClose !== null);
}

/** Compares a snapshot with the model, which then takes over the delay that was drawn. */
export function assertState(model: ReferenceModel, state: ConnectionState, draw: ModelOptions['draw']): void {
  assertShape(state);
  const { status, waitingFor, attempt } = model;
  assertSame('the state', [state.status, state.attempt, state.waitingFor], [status, attempt, waitingFor]);
  if (state.cause) assertSame('the cause', comparedClose(state.cause), model.outage.cause);
  const hasLast = status !== 'idle' && status !== 'connecting';
  const lastClose = state.lastClose && comparedClose(state.lastClose);
  assertSame('lastClose', lastClose, hasLast ? model.lastClose : null);
  if (state.error) {
    const { kind, code, lastSent } = state.error;
    assertSame('the error', { kind, code }, model.error);
    if (code === 1003) assertSame('whether lastSent is known', lastSent !== null, model.lastSent !== null);
  }
  if (model.expected) assertDelay(model, state.retryAt, typeof draw === 'number' ? draw : null);
  else assertSame('retryAt', state.retryAt, model.retryAt);
  model.adoptRetryAt(state.retryAt);
}

function assertDelay(
  { expected, environment }: ReferenceModel,
  retryAt: number | null,
  draw: number | null,
): void {
  if (!expected) return;
  const { windows, orStay } = expected;
  if (retryAt === null) throw new Error('there is no retryAt');
  const places = windows.map(([low, high]) => {
    const at = low + (draw ?? 0) * (high - low);
    const [from, to] = draw === null ? [low, high] : [at - 1, at + 1];
    return orStay === undefined || orStay > from ? [from, Math.min(to, orStay ?? to)] : [orStay, orStay];
  });
  const isRight = places.some(([from = 0, to = 0]) => retryAt >= from - 0.01 && retryAt <= to + 0.01);
  if (retryAt < environment.now || !isRight) {
    const due = places.map(([from = 0, to = 0]) => [from - environment.now, to - environment.now]);
    throw new Error(
      `the dial is due in ${retryAt - environment.now} ms, but should be in ${JSON.stringify(due)}`,
    );
  }
}

/**
 * Compares the callbacks of one step. Drops are compared by themselves: they do not belong to the order of the other
 * callbacks, and with several connections nothing is promised about which hands back first.
 */
export function assertLog(
  actual: readonly LogEntry[],
  expected: readonly LogEntry[],
  connections: number,
): void {
  for (const to of new Set([...actual, ...expected].map((entry) => entry.to))) {
    const own = (entries: readonly LogEntry[], drops: boolean) => {
      const details = entries
        .filter((entry) => entry.to === to && (entry.name === 'drop') === drops)
        .map((entry) => `${entry.name} ${entry.detail}`);
      return drops && connections > 1 ? details.sort() : details;
    };
    assertSame(`the callbacks of ${to}`, own(actual, false), own(expected, false));
    assertSame(`the messages handed back to ${to}`, own(actual, true), own(expected, true));
  }
}

const errorListeners = new Set<unknown>();

/** Compares a socket with the model. */
export function assertSocket(actual: FakeSocket, model: ModelSocket): void {
  assertSame('whether the socket is in use', actual.isLive, model.isLive);
  assertSame('what was sent over the socket', actual.sent.map(nameOf), model.wire);
  assertSame('how much was sent to a socket that takes nothing any more', actual.lost.length, 0);
  const { onopen, onmessage, onclose, onerror } = actual;
  const hasListeners = model.state !== 'over';
  assertSame('the listeners of the socket', [onopen, onmessage, onclose].map(Boolean), [
    hasListeners,
    hasListeners,
    hasListeners,
  ]);
  if (hasListeners) return;
  // All abandoned sockets have the same listener for errors, which does nothing.
  if (onerror) errorListeners.add(onerror);
  assertTrue('abandoned sockets share one listener', errorListeners.size <= 1);
  onerror?.(new Event('error'));
}
