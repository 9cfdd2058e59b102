// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { CloseInfo } from '../../src/core/closeInfo.js';
import { CONNECTING as FIRST_DIAL, IDLE } from '../../src/core/connectionState.js';
import { type Effect, INITIAL, type Machine, type MachineEvent, transition } from '../../src/core/machine.js';
import {
  closedWith,
  local,
  lost,
  MACHINES,
  machineAfter,
  normal,
  NOW,
  refused,
  rejected,
  restart,
  setup,
  whenClosed,
} from '../support/machineSamples.js';

const QUIET = { attempt: 0, retryAt: null, waitingFor: null, cause: null, lastClose: null, error: null };
const CONNECTING = { ...QUIET, status: 'connecting', waitingFor: 'handshake' };
const OUTAGE = { ...QUIET, status: 'reconnecting', attempt: 1, cause: restart, lastClose: restart };

const EVENTS = {
  connect: { type: 'connect' },
  release: { type: 'release', close: null },
  reset: { type: 'release', close: null, isReset: true },
  opened: { type: 'opened' },
  lost: closedWith(lost),
  refused: closedWith(refused),
  restart: closedWith(restart),
  normal: closedWith(normal),
  rejected: closedWith(rejected),
  due: { type: 'due' },
  stable: { type: 'stable' },
  close: { type: 'close', close: local },
  reconnect: { type: 'reconnect', close: null, isUsed: true },
  replace: { type: 'reconnect', close: local, isUsed: true },
  reconnectUnwanted: { type: 'reconnect', close: null, isUsed: false },
  broken: { type: 'broken', error: setup },
  offline: { type: 'offline' },
  wake: { type: 'wake', now: NOW, draw: 0.5 },
  wakeLate: { type: 'wake', now: NOW + 3_000, draw: 0.5 },
} satisfies Record<string, MachineEvent>;

type Row = keyof typeof MACHINES;
type Column = keyof typeof EVENTS;

const CLOSES: Partial<Record<Column, CloseInfo>> = { lost, refused, restart, normal, rejected };

/** The event of a column; a close is decided within the outage of the row, as a connection does. */
function eventFor(row: Row, column: Column): MachineEvent {
  const close = CLOSES[column];
  return close ? closedWith(close, undefined, undefined, MACHINES[row].outage) : EVENTS[column];
}

describe('transition', () => {
  it.each<[Row, Column, object, Effect[]]>([
    ['idle', 'connect', CONNECTING, ['dial']],
    ['idle', 'close', { ...QUIET, status: 'closed', lastClose: local }, []],
    ['idle', 'reconnect', CONNECTING, ['dial']],

    ['connecting', 'release', IDLE, ['abandon']],
    ['connecting', 'reset', IDLE, ['abandon']],
    ['connecting', 'opened', { ...QUIET, status: 'open' }, []],
    [
      'connecting',
      'refused',
      { ...OUTAGE, cause: refused, lastClose: refused, waitingFor: 'delay', retryAt: NOW + 4_500 },
      ['abandon', 'wait'],
    ],
    ['connecting', 'close', { ...QUIET, status: 'closed', lastClose: local }, ['abandon']],
    ['connecting', 'reconnect', CONNECTING, ['abandon', 'dial']],
    ['connecting', 'broken', { ...QUIET, status: 'failed', error: setup }, ['abandon']],

    ['open', 'release', IDLE, ['abandon']],
    ['open', 'reset', IDLE, ['abandon']],
    [
      'open',
      'lost',
      { ...OUTAGE, cause: lost, lastClose: lost, waitingFor: 'delay', retryAt: NOW + 3_000 },
      ['abandon', 'wait'],
    ],
    ['open', 'restart', { ...OUTAGE, waitingFor: 'delay', retryAt: NOW + 3_000 }, ['abandon', 'wait']],
    ['open', 'normal', { ...QUIET, status: 'closed', lastClose: normal }, ['abandon']],
    ['open', 'close', { ...QUIET, status: 'closed', lastClose: local }, ['abandon']],
    ['open', 'replace', CONNECTING, ['abandon', 'dial']],
    ['open', 'broken', { ...QUIET, status: 'failed', error: setup }, ['abandon']],

    ['delay', 'release', IDLE, ['abandon']],
    ['delay', 'reset', IDLE, ['abandon']],
    ['delay', 'due', { ...OUTAGE, waitingFor: 'handshake' }, ['abandon', 'dial']],
    ['delay', 'close', { ...QUIET, status: 'closed', lastClose: local }, ['abandon']],
    ['delay', 'reconnect', { ...OUTAGE, waitingFor: 'handshake' }, ['abandon', 'dial']],
    ['delay', 'offline', { ...OUTAGE, waitingFor: 'network' }, ['abandon']],
    ['delay', 'wake', { ...OUTAGE, waitingFor: 'delay', retryAt: NOW + 1_500 }, ['abandon', 'wait']],
    ['delay', 'wakeLate', { ...OUTAGE, waitingFor: 'handshake' }, ['abandon', 'dial']],

    ['network', 'release', IDLE, ['abandon']],
    ['network', 'reset', IDLE, ['abandon']],
    ['network', 'close', { ...QUIET, status: 'closed', lastClose: local }, ['abandon']],
    ['network', 'reconnect', { ...OUTAGE, waitingFor: 'handshake' }, ['abandon', 'dial']],
    ['network', 'wake', { ...OUTAGE, waitingFor: 'delay', retryAt: NOW + 1_500 }, ['abandon', 'wait']],
    ['network', 'wakeLate', { ...OUTAGE, waitingFor: 'delay', retryAt: NOW + 3_500 }, ['abandon', 'wait']],

    ['handshake', 'release', IDLE, ['abandon']],
    ['handshake', 'reset', IDLE, ['abandon']],
    ['handshake', 'opened', { ...QUIET, status: 'open', lastClose: restart }, []],
    [
      'handshake',
      'refused',
      { ...OUTAGE, attempt: 2, lastClose: refused, waitingFor: 'delay', retryAt: NOW + 4_500 },
      ['abandon', 'wait'],
    ],
    ['handshake', 'normal', { ...QUIET, status: 'closed', lastClose: normal }, ['abandon']],
    ['handshake', 'close', { ...QUIET, status: 'closed', lastClose: local }, ['abandon']],
    ['handshake', 'reconnect', { ...OUTAGE, waitingFor: 'handshake' }, ['abandon', 'dial']],
    [
      'handshake',
      'broken',
      { ...QUIET, status: 'failed', attempt: 1, lastClose: restart, error: setup },
      ['abandon'],
    ],

    ['closed', 'release', IDLE, []],
    ['closed', 'reset', IDLE, []],
    ['closed', 'reconnectUnwanted', IDLE, []],
    ['closed', 'reconnect', CONNECTING, ['dial']],
    ['failed', 'reset', IDLE, []],
    ['failed', 'reconnect', CONNECTING, ['dial']],
    ['failed', 'reconnectUnwanted', IDLE, []],
  ])('changes state and returns effects: %s + %s', (row, column, snapshot, effects) => {
    const [next, acts] = transition(MACHINES[row], eventFor(row, column));
    expect(next.snapshot).toEqual(snapshot);
    expect(acts).toEqual(effects);
    expect(Object.isFrozen(next.snapshot)).toBe(true);
  });

  it.each<[Row, Column[]]>([
    [
      'idle',
      [
        'release',
        'reset',
        'opened',
        'lost',
        'refused',
        'due',
        'stable',
        'reconnectUnwanted',
        'broken',
        'offline',
        'wake',
      ],
    ],
    ['connecting', ['connect', 'due', 'stable', 'reconnectUnwanted', 'offline', 'wake', 'wakeLate']],
    ['open', ['connect', 'opened', 'due', 'reconnectUnwanted', 'offline', 'wake', 'wakeLate']],
    ['delay', ['connect', 'opened', 'stable', 'reconnectUnwanted']],
    ['network', ['connect', 'opened', 'stable', 'reconnectUnwanted', 'offline']],
    ['handshake', ['connect', 'due', 'stable', 'reconnectUnwanted', 'offline', 'wake', 'wakeLate']],
    [
      'closed',
      ['connect', 'opened', 'lost', 'refused', 'due', 'stable', 'close', 'broken', 'offline', 'wake'],
    ],
    [
      'failed',
      ['connect', 'release', 'opened', 'lost', 'due', 'stable', 'close', 'broken', 'offline', 'wake'],
    ],
  ])('returns the same state object in %s for %j', (row, columns) => {
    for (const column of columns) {
      const [next, acts] = transition(MACHINES[row], eventFor(row, column));
      expect(next, column).toBe(MACHINES[row]);
      expect(acts, column).toEqual([]);
    }
  });

  it.each<Row>(['open', 'handshake'])(
    'fails in %s on a terminal code, with an error that says why',
    (row) => {
      const [{ snapshot }, acts] = transition(MACHINES[row], eventFor(row, 'rejected'));
      expect(snapshot).toMatchObject({
        status: 'failed',
        waitingFor: null,
        retryAt: null,
        cause: null,
        lastClose: rejected,
      });
      expect(snapshot.error).toMatchObject({ kind: 'contract', code: 1003, close: rejected });
      expect(acts).toEqual(['abandon']);
    },
  );

  it('starts again when the socket is replaced, and remembers the close of that socket', () => {
    const [connecting] = transition(MACHINES.open, EVENTS.replace);
    const [{ snapshot }] = transition(connecting, EVENTS.opened);
    expect(snapshot).toEqual({ ...QUIET, status: 'open', lastClose: local });
  });

  it('resets the attempts to 0 once the connection is stable, without a new snapshot', () => {
    const open = machineAfter(EVENTS.connect, EVENTS.opened, EVENTS.restart, EVENTS.due, EVENTS.opened);
    const [stable, acts] = transition(open, EVENTS.stable);
    expect(acts).toEqual([]);
    expect(stable.snapshot).toBe(open.snapshot);
    const attemptAfterLoss = (machine: Machine): number => {
      const loss = closedWith(lost, undefined, undefined, machine.outage);
      return transition(machine, loss)[0].snapshot.attempt;
    };
    expect(attemptAfterLoss(open)).toBe(2);
    expect(attemptAfterLoss(stable)).toBe(1);
  });

  it('fails as exhausted with the number of attempts made', () => {
    const once = { maxAttempts: 1 };
    const failed = machineAfter(
      EVENTS.connect,
      whenClosed(refused, once),
      EVENTS.due,
      whenClosed(refused, once),
    );
    expect(failed.snapshot).toMatchObject({
      status: 'failed',
      attempt: 1,
      error: { kind: 'exhausted', code: 1006 },
    });
  });

  describe('a wake-up', () => {
    const wake = (now: number, draw: number): MachineEvent => ({ type: 'wake', now, draw });
    const laterRefused = whenClosed({ ...refused, at: NOW + 10_000 });
    const afterRefusal = machineAfter(
      EVENTS.connect,
      EVENTS.opened,
      EVENTS.restart,
      EVENTS.due,
      laterRefused,
    );

    it('schedules a dial at a random time within a second', () => {
      for (const draw of [0, 0.25, 0.99]) {
        const [{ snapshot }] = transition(afterRefusal, wake(NOW + 11_000, draw));
        expect(snapshot).toMatchObject({ waitingFor: 'delay', retryAt: NOW + 11_000 + draw * 1_000 });
      }
    });

    it('never postpones a dial', () => {
      const [next] = transition(afterRefusal, wake(NOW + 14_400, 0.9));
      expect(next).toBe(afterRefusal);
    });

    it.each([0, 1, 3_600_000])('dials at once when the delay was over %i ms ago', (late) => {
      const [{ snapshot }, effects] = transition(afterRefusal, wake(NOW + 14_500 + late, 0.9));
      expect(snapshot).toMatchObject({ waitingFor: 'handshake', retryAt: null, attempt: 2, cause: restart });
      expect(effects).toEqual(['abandon', 'dial']);
    });

    it('does not dial at once while the delay still runs', () => {
      const [{ snapshot }] = transition(afterRefusal, wake(NOW + 14_499, 0));
      expect(snapshot.waitingFor).toBe('delay');
    });

    it('schedules no dial earlier than minDelay after the close of an open socket', () => {
      const [{ snapshot }] = transition(MACHINES.delay, wake(NOW + 10, 0.25));
      expect(snapshot.retryAt).toBe(NOW + 1_250);
    });
  });

  describe('a release', () => {
    const reset: MachineEvent = { type: 'release', close: null, isReset: true };

    it('keeps a failure, so that the next use does not repeat it', () => {
      const [released] = transition(MACHINES.failed, EVENTS.release);
      expect(transition(released, EVENTS.connect)[0].snapshot.status).toBe('failed');
    });

    it('leaves a failure when it resets, and the next use is a fresh start', () => {
      const [released, effects] = transition(MACHINES.failed, reset);
      expect(released).toBe(INITIAL);
      expect(effects).toEqual([]);
      expect(transition(released, EVENTS.connect)).toMatchObject([{ snapshot: CONNECTING }, ['dial']]);
    });

    it.each(Object.keys(MACHINES) as Row[])(
      'forgets the outage and the last close in %s when it resets',
      (row) => {
        expect(transition(MACHINES[row], reset)[0]).toBe(INITIAL);
      },
    );
  });

  it('uses one snapshot for every first dial', () => {
    expect(MACHINES.connecting.snapshot).toBe(FIRST_DIAL);
    expect(transition(MACHINES.failed, EVENTS.reconnect)[0].snapshot).toBe(FIRST_DIAL);
    expect(Object.isFrozen(FIRST_DIAL)).toBe(true);
  });

  it('starts idle, with the snapshot of every server render', () => {
    expect(INITIAL.snapshot).toBe(IDLE);
    expect(IDLE).toEqual({ ...QUIET, status: 'idle' });
    expect(Object.isFrozen(IDLE)).toBe(true);
  });
});
