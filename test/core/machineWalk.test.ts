// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CloseInfo, createCloseInfo } from '../../src/core/closeInfo.js';
import type { ConnectionState } from '../../src/core/connectionState.js';
import { INITIAL, type Machine, type MachineEvent, transition } from '../../src/core/machine.js';
import { decisionFor, setup } from '../support/machineSamples.js';

/** The dial, socket and timer that a connection would have at this point. */
interface World {
  machine: Machine;
  isDialling: boolean;
  isOpen: boolean;
  waitsUntil: number | null;
  now: number;
}

type Act =
  | 'connect'
  | 'release'
  | 'reset'
  | 'opened'
  | 'ended'
  | 'due'
  | 'stable'
  | 'close'
  | 'reconnect'
  | 'unwanted'
  | 'broken'
  | 'offline'
  | 'wake';
interface Step {
  readonly act: Act;
  readonly code: number;
  readonly draw: number;
  readonly pause: number;
}

const MAX_ATTEMPTS = 6;
const POLICY = { maxAttempts: MAX_ATTEMPTS };

/** The event of a step, or null if the connection could not send it: only an existing socket can close. */
function eventOf(
  { machine, isDialling, isOpen, waitsUntil, now }: World,
  { act, code, draw }: Step,
): MachineEvent | null {
  const close = (local: boolean): CloseInfo =>
    createCloseInfo({ code: isOpen || local ? code : 1006, opened: isOpen, local, at: now });
  const ownClose = machine.snapshot.status === 'open' ? close(true) : null;
  switch (act) {
    case 'opened':
      return isDialling && !isOpen ? { type: 'opened' } : null;
    case 'ended': {
      if (!isDialling && !isOpen) return null;
      const ended = close(false);
      return { type: 'closed', close: ended, decision: decisionFor(ended, machine.outage, POLICY, draw) };
    }
    case 'due':
      return waitsUntil === null ? null : { type: 'due' };
    case 'broken':
      return isDialling || isOpen ? { type: 'broken', error: setup } : null;
    case 'close':
      return { type: 'close', close: close(true) };
    case 'release':
    case 'reset':
      return { type: 'release', close: ownClose, isReset: act === 'reset' };
    case 'reconnect':
    case 'unwanted':
      return { type: 'reconnect', close: ownClose, isUsed: act === 'reconnect' };
    case 'wake':
      return { type: 'wake', now, draw };
    case 'connect':
    case 'stable':
    case 'offline':
      return { type: act };
  }
}

/** An assertion that is cheap enough for a hundred thousand steps. */
function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`This must hold: ${what}.`);
}

const COLUMNS = 'attempt cause error lastClose retryAt status waitingFor';

/** A snapshot whose fields are not narrowed by its status. */
type Columns = { readonly [Key in keyof ConnectionState]: ConnectionState[Key] };

/** Checks the table of ConnectionState column by column. */
function checkSnapshot(snapshot: Columns): void {
  const { status, attempt, retryAt, waitingFor, cause, lastClose, error } = snapshot;
  must(Object.isFrozen(snapshot), 'a snapshot is immutable');
  must(Object.keys(snapshot).sort().join(' ') === COLUMNS, 'every member has every key');
  must((retryAt !== null) === (waitingFor === 'delay'), 'retryAt is set during a delay');
  must((error !== null) === (status === 'failed'), 'error is set after a failure');
  must((cause !== null) === (status === 'reconnecting'), 'cause is set during an outage');
  must(attempt <= MAX_ATTEMPTS, 'maxAttempts is kept');
  must(
    status === 'reconnecting' ? attempt > 0 : status === 'failed' || attempt === 0,
    'attempt counts in an outage',
  );
  if (status === 'idle' || status === 'connecting')
    must(lastClose === null, 'idle and connecting have no lastClose');
  if (status === 'closed' || status === 'reconnecting')
    must(lastClose !== null, 'closed and reconnecting have a lastClose');
  if (status === 'reconnecting') must(waitingFor !== null, 'an outage waits for something');
  else
    must(
      waitingFor === (status === 'connecting' ? 'handshake' : null),
      'only connecting waits for something else',
    );
}

/** Dispatches one event, runs its effects, and checks that they were possible. */
function take(world: World, step: Step): void {
  world.now += step.pause;
  const event = eventOf(world, step);
  if (!event) return;
  const before = world.machine;
  const [next, effects] = transition(before, event);
  const wasAlive = before.snapshot.status === 'open' || before.snapshot.waitingFor !== null;
  if (event.type === 'closed') world.isDialling = world.isOpen = false;
  if (event.type === 'opened') world.isOpen = true;
  if (event.type === 'due') world.waitsUntil = null;
  for (const effect of effects) {
    switch (effect) {
      case 'dial':
        must(
          ['connect', 'due', 'reconnect', 'wake'].includes(event.type),
          'only connect, due, reconnect and wake cause a dial',
        );
        must(
          event.type !== 'wake' || (before.snapshot.retryAt ?? Infinity) <= world.now,
          'a wake-up dials at once only when the delay is over',
        );
        must(!world.isDialling && world.waitsUntil === null, 'there is one dial, socket or timer at a time');
        world.isDialling = true;
        break;
      case 'abandon':
        must(wasAlive, 'there is something to abandon');
        world.isDialling = world.isOpen = false;
        world.waitsUntil = null;
        break;
      case 'wait':
        must(!world.isDialling && world.waitsUntil === null, 'there is one dial, socket or timer at a time');
        must((next.snapshot.retryAt ?? -1) >= world.now, 'a wait ends in the future');
        world.waitsUntil = next.snapshot.retryAt;
        break;
    }
  }
  world.machine = next;

  const { snapshot } = next;
  checkSnapshot(snapshot);
  must(world.isOpen === (snapshot.status === 'open'), 'open means an open socket');
  must(
    (world.isDialling && !world.isOpen) === (snapshot.waitingFor === 'handshake'),
    'handshake means a dial',
  );
  must(
    world.waitsUntil === (snapshot.waitingFor === 'delay' ? snapshot.retryAt : null),
    'delay means a timer',
  );
  must(
    event.type !== 'wake' || snapshot.retryAt === null || snapshot.retryAt >= world.now,
    'no delay is overdue after a wake-up',
  );
  const hasNews = (Object.keys(snapshot) as (keyof ConnectionState)[]).some(
    (key) => snapshot[key] !== before.snapshot[key],
  );
  must(hasNews || snapshot === before.snapshot, 'a snapshot keeps its identity until something changes');
}

const step = fc.record<Step>({
  act: fc.constantFrom(
    ...([
      'connect',
      'release',
      'reset',
      'opened',
      'opened',
      'ended',
      'ended',
      'ended',
      'due',
      'due',
      'stable',
    ] as const),
    ...(['close', 'reconnect', 'unwanted', 'broken', 'offline', 'wake'] as const),
  ),
  code: fc.constantFrom(1000, 1001, 1002, 1003, 1006, 1006, 1008, 1011, 1012, 1012, 1013, 4000),
  draw: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  pause: fc.constantFrom(0, 1, 400, 3_000, 40_000),
});

describe('a random walk through the machine', () => {
  // A failure prints the seed and the path, which fc.assert takes to repeat it.
  it('never leaves the state table, and has one dial, socket or timer at a time', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
        const world: World = {
          machine: INITIAL,
          isDialling: false,
          isOpen: false,
          waitsUntil: null,
          now: 1_000_000,
        };
        take(world, { act: 'connect', code: 1000, draw: 0, pause: 0 });
        for (const each of steps) take(world, each);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['release', /^(idle|failed)$/],
    ['reset', /^idle$/],
  ] as const)('stops everything when the last user leaves, from any state: %s', (act, statuses) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world: World = {
          machine: INITIAL,
          isDialling: false,
          isOpen: false,
          waitsUntil: null,
          now: 1_000_000,
        };
        for (const each of [...steps, { act, code: 1000, draw: 0, pause: 0 }]) take(world, each);
        expect(world).toMatchObject({ isDialling: false, isOpen: false, waitsUntil: null });
        expect(world.machine.snapshot.status).toMatch(statuses);
      }),
      { numRuns: 500 },
    );
  });
});
