// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { type Effect, IDLE, INITIAL, type MachineEvent, transition } from '../../src/core/machine.js';
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
} from '../support/machines.js';

const QUIET = { attempt: 0, retryAt: null, waitingFor: null, cause: null, lastClose: null, error: null };
const CONNECTING = { ...QUIET, status: 'connecting', waitingFor: 'handshake' };
const OUTAGE = { ...QUIET, status: 'reconnecting', attempt: 1, cause: restart, lastClose: restart };

const EVENTS = {
  connect: { type: 'connect' },
  release: { type: 'release', close: null },
  opened: { type: 'opened' },
  lost: closedWith(lost),
  refused: closedWith(refused),
  restart: closedWith(restart),
  normal: closedWith(normal),
  rejected: closedWith(rejected),
  due: { type: 'due' },
  stable: { type: 'stable' },
  close: { type: 'close', close: local },
  reconnect: { type: 'reconnect', close: null, wanted: true },
  replace: { type: 'reconnect', close: local, wanted: true },
  reconnectUnwanted: { type: 'reconnect', close: null, wanted: false },
  broken: { type: 'broken', error: setup },
  offline: { type: 'offline' },
  wake: { type: 'wake', now: NOW, draw: 0.5 },
} satisfies Record<string, MachineEvent>;

type Row = keyof typeof MACHINES;
type Column = keyof typeof EVENTS;

describe('transition', () => {
  it.each<[Row, Column, object, Effect[]]>([
    ['idle', 'connect', CONNECTING, ['dial']],
    ['idle', 'close', { ...QUIET, status: 'closed', lastClose: local }, []],
    ['idle', 'reconnect', CONNECTING, ['dial']],

    ['connecting', 'release', IDLE, ['abandon']],
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
    ['delay', 'due', { ...OUTAGE, waitingFor: 'handshake' }, ['abandon', 'dial']],
    ['delay', 'close', { ...QUIET, status: 'closed', lastClose: local }, ['abandon']],
    ['delay', 'reconnect', { ...OUTAGE, waitingFor: 'handshake' }, ['abandon', 'dial']],
    ['delay', 'offline', { ...OUTAGE, waitingFor: 'network' }, ['abandon']],
    ['delay', 'wake', { ...OUTAGE, waitingFor: 'delay', retryAt: NOW + 1_500 }, ['abandon', 'wait']],

    ['network', 'release', IDLE, ['abandon']],
    ['network', 'close', { ...QUIET, status: 'closed', lastClose: local }, ['abandon']],
    ['network', 'reconnect', { ...OUTAGE, waitingFor: 'handshake' }, ['abandon', 'dial']],
    ['network', 'wake', { ...OUTAGE, waitingFor: 'delay', retryAt: NOW + 1_500 }, ['abandon', 'wait']],

    ['handshake', 'release', IDLE, ['abandon']],
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
    ['closed', 'reconnect', CONNECTING, ['dial']],
    ['failed', 'reconnect', CONNECTING, ['dial']],
    ['failed', 'reconnectUnwanted', IDLE, []],
  ])('changes state and returns effects: %s + %s', (row, column, snapshot, effects) => {
    const [next, acts] = transition(MACHINES[row], EVENTS[column]);
    expect(next.snapshot).toEqual(snapshot);
    expect(acts).toEqual(effects);
    expect(Object.isFrozen(next.snapshot)).toBe(true);
  });

  it.each<[Row, Column[]]>([
    [
      'idle',
      [
        'release',
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
    ['connecting', ['connect', 'due', 'stable', 'reconnectUnwanted', 'offline', 'wake']],
    ['open', ['connect', 'opened', 'due', 'reconnectUnwanted', 'offline', 'wake']],
    ['delay', ['connect', 'opened', 'stable', 'reconnectUnwanted']],
    ['network', ['connect', 'opened', 'stable', 'reconnectUnwanted', 'offline']],
    ['handshake', ['connect', 'due', 'stable', 'reconnectUnwanted', 'offline', 'wake']],
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
      const [next, acts] = transition(MACHINES[row], EVENTS[column]);
      expect(next, column).toBe(MACHINES[row]);
      expect(acts, column).toEqual([]);
    }
  });

  it.each<Row>(['open', 'handshake'])(
    'fails in %s on a terminal code, with an error that says why',
    (row) => {
      const [{ snapshot }, acts] = transition(MACHINES[row], EVENTS.rejected);
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
    expect(transition(open, EVENTS.lost)[0].snapshot.attempt).toBe(2);
    expect(transition(stable, EVENTS.lost)[0].snapshot.attempt).toBe(1);
  });

  it('fails as exhausted with the number of attempts made', () => {
    const once = { maxAttempts: 1 };
    const failed = machineAfter(
      EVENTS.connect,
      closedWith(refused, once),
      EVENTS.due,
      closedWith(refused, once),
    );
    expect(failed.snapshot).toMatchObject({
      status: 'failed',
      attempt: 1,
      error: { kind: 'exhausted', code: 1006 },
    });
  });

  describe('a wake-up', () => {
    const wake = (now: number, draw: number): MachineEvent => ({ type: 'wake', now, draw });
    const laterRefused = closedWith({ ...refused, at: NOW + 10_000 });
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

    it('schedules no dial earlier than minDelay after the close of an open socket', () => {
      const [{ snapshot }] = transition(MACHINES.delay, wake(NOW + 10, 0.25));
      expect(snapshot.retryAt).toBe(NOW + 1_250);
    });
  });

  it('starts idle, with the snapshot of every server render', () => {
    expect(INITIAL.snapshot).toBe(IDLE);
    expect(IDLE).toEqual({ ...QUIET, status: 'idle' });
    expect(Object.isFrozen(IDLE)).toBe(true);
  });
});
