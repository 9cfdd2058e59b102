import { FleetSimulation } from './fleetSimulation.mjs';
import { NO_RETRY } from './policies.mjs';
import { createStreams } from './random.mjs';

/**
 * @typedef {object} PolicyRun
 * @property {import('./scenarios.mjs').Scenario} scenario
 * @property {import('./policies.mjs').Policy} policy
 * @property {number} clients
 * @property {number} seed
 * @property {import('./library.mjs').Library} library
 */

/**
 * Creates a simulation in which every client follows the policy, at the beginning of its scenario.
 *
 * @param {PolicyRun} run
 */
export function createPolicySimulation({ scenario, policy, clients, seed, library }) {
  const fleet = new FleetSimulation({ scenario, clients, seed, connectTimeout: policy.connectTimeout });
  const decide = policy.create({ clients, draw: createStreams(seed, clients, 1), library });
  fleet.driver = {
    opened() {},
    closed(client, code, opened, openFor) {
      const delay = decide(client, code, opened, openFor);
      if (delay !== NO_RETRY) fleet.dialAfter(client, delay);
    },
  };
  fleet.openAll();
  return fleet;
}
