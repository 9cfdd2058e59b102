import { counting, ours } from '../../bench/fleet/policies.mjs';
import { createStreams } from '../../bench/fleet/random.mjs';
import { BUSY } from '../../bench/fleet/server.mjs';
import { ORIGIN, World } from '../../bench/fleet/world.mjs';
import { type FleetProgress, type FleetSettings, LIMIT_MS, POLICY_NAMES, type PolicyName } from './fleet.js';
import * as library from './policyCode.js';

type Policy = ReturnType<typeof ours>;

/** A client that does not reconnect any more. */
const GONE = -1;
const SEED = 1;

/** All policies in their own copy of the same world. */
export interface Simulation {
  /** Simulates all policies up to a moment, in ms since the close. */
  readonly advanceTo: (time: number) => void;
  readonly getProgress: () => FleetProgress;
}

/** Creates a simulation; the same settings always give the same result. */
export function createSimulation(settings: FleetSettings): Simulation {
  const worlds = POLICY_NAMES.map((name) => ({
    name,
    world: createWorld(createPolicy(name, settings), settings),
  }));
  const downtimeMs = settings.downtime * 1_000;
  let time = 0;

  const isDone = (world: World): boolean =>
    time >= LIMIT_MS || (world.actsLeft === 0 && world.calendar.size === 0);

  return {
    advanceTo(until) {
      time = Math.min(until, LIMIT_MS);
      for (const { world } of worlds) {
        while (world.calendar.advance(ORIGIN + time)) world.runTick();
      }
    },
    getProgress() {
      const runs = worlds.map(({ name, world }) => ({
        name,
        report: world.ledger.report(downtimeMs, Math.min(time, LIMIT_MS)),
        isDone: isDone(world),
      }));
      return { time, runs, isDone: runs.every((run) => run.isDone) };
    },
  };
}

function createPolicy(name: PolicyName, settings: FleetSettings): Policy {
  const { minDelay, maxDelay, widenAfter, widenTo } = settings;
  const doubled = (retries: number, cap: number): number => Math.min(cap, minDelay * 2 ** retries);
  switch (name) {
    case 'This library':
      return ours(name, { minDelay, maxDelay, widenAfter, widenTo });
    case 'Full jitter':
      return counting(name, '', (retries, draw) => draw() * doubled(retries, maxDelay));
    case 'Exponential backoff':
      return counting(name, '', (retries) => doubled(retries, widenTo));
    case 'Fixed delay':
      return counting(name, '', () => maxDelay);
  }
}

function createWorld(policy: Policy, { clients, code, downtime, acceptRate }: FleetSettings): World {
  const world = new World({
    scenario: {
      name: 'laboratory',
      title: '',
      story: '',
      code,
      wellAt: downtime * 1_000,
      limit: LIMIT_MS,
      capacity: () => ({
        perSecond: acceptRate,
        burst: acceptRate,
        backlog: 0,
        handshake: 5,
        overload: BUSY,
      }),
      script: [
        {
          at: 0,
          act(world) {
            setServerUp(world, false);
            world.close({ code });
          },
        },
        { at: downtime * 1_000, act: (world) => setServerUp(world, true) },
      ],
    },
    clients,
    seed: SEED,
    connectTimeout: policy.connectTimeout,
  });
  const decide = policy.create({ clients, draw: createStreams(SEED, clients, 1), library });
  world.driver = {
    opened() {},
    closed(client, closeCode, opened, openFor) {
      const delay = decide(client, closeCode, opened, openFor);
      if (delay !== GONE) world.wait(client, delay);
    },
  };
  world.openAll();
  return world;
}

function setServerUp({ servers: [server] }: World, isUp: boolean): void {
  if (server) server.isUp = isUp;
}
