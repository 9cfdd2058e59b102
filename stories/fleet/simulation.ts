import type { FleetSimulation } from '../../bench/fleet/fleetSimulation.mjs';
import { formulaPolicy, ourPolicy } from '../../bench/fleet/policies.mjs';
import { createPolicySimulation, type PolicyRun } from '../../bench/fleet/policySimulation.mjs';
import { BUSY } from '../../bench/fleet/server.mjs';
import { type FleetProgress, type FleetSettings, LIMIT_MS, POLICY_NAMES, type PolicyName } from './fleet.js';
import * as library from './policyCode.js';

const SEED = 1;

/** The same scenario with each of the policies. */
export interface Simulation {
  /** Simulates all policies up to a moment, in ms since the close. */
  readonly advanceTo: (time: number) => void;
  readonly getProgress: () => FleetProgress;
}

/** Creates a simulation; the same settings always give the same result. */
export function createSimulation(settings: FleetSettings): Simulation {
  const scenario = createScenario(settings);
  const fleets = POLICY_NAMES.map((name) => ({
    name,
    fleet: createPolicySimulation({
      scenario,
      policy: createPolicy(name, settings),
      clients: settings.clients,
      seed: SEED,
      library,
    }),
  }));
  let time = 0;

  const isDone = ({ stepsLeft, events }: FleetSimulation): boolean =>
    time >= LIMIT_MS || (stepsLeft === 0 && events.size === 0);

  return {
    advanceTo(until) {
      time = Math.min(until, LIMIT_MS);
      for (const { fleet } of fleets) fleet.runUntil(time);
    },
    getProgress() {
      const runs = fleets.map(({ name, fleet }) => ({
        name,
        report: fleet.report(time),
        isDone: isDone(fleet),
      }));
      return { time, runs, isDone: runs.every((run) => run.isDone) };
    },
  };
}

function createPolicy(name: PolicyName, settings: FleetSettings): PolicyRun['policy'] {
  const { minDelay, maxDelay, widenAfter, widenTo } = settings;
  const doubled = (retries: number, cap: number): number => Math.min(cap, minDelay * 2 ** retries);
  switch (name) {
    case 'This library':
      return ourPolicy(name, { minDelay, maxDelay, widenAfter, widenTo });
    case 'Full jitter':
      return formulaPolicy(name, '', (retries, draw) => draw() * doubled(retries, maxDelay));
    case 'Exponential backoff':
      return formulaPolicy(name, '', (retries) => doubled(retries, widenTo));
    case 'Fixed delay':
      return formulaPolicy(name, '', () => maxDelay);
  }
}

function createScenario({ code, downtime, acceptRate }: FleetSettings): PolicyRun['scenario'] {
  const recoveredAt = downtime * 1_000;
  return {
    name: 'laboratory',
    title: '',
    description: '',
    code,
    recoveredAt,
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
        act(fleet) {
          setServerUp(fleet, false);
          fleet.close({ code });
        },
      },
      { at: recoveredAt, act: (fleet) => setServerUp(fleet, true) },
    ],
  };
}

function setServerUp({ servers: [server] }: FleetSimulation, isUp: boolean): void {
  if (server) server.isUp = isUp;
}
