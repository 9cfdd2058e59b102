import { setImmediate } from 'node:timers/promises';
import { FleetSimulation } from './fleetSimulation.mjs';
import { PLATFORM_TIMEOUT_MS } from './policies.mjs';
import { createPolicySimulation } from './policySimulation.mjs';
import { createStreams } from './random.mjs';
import { VirtualPlatform } from './virtualPlatform.mjs';

/**
 * Runs one policy through one scenario.
 *
 * @param {import('./policySimulation.mjs').PolicyRun} run
 * @returns {import('./fleetStatistics.mjs').FleetReport}
 */
export function simulatePolicy(run) {
  const fleet = createPolicySimulation(run);
  fleet.runUntil(fleet.limit);
  return fleet.report();
}

/**
 * Runs many instances of a client from its package through one scenario.
 *
 * @param {object} run
 * @param {import('./scenarios.mjs').Scenario} run.scenario
 * @param {import('./packageClients.mjs').PackageClient} run.client
 * @param {number} run.clients
 * @param {number} run.seed
 * @param {import('./library.mjs').Library} run.library
 * @returns {Promise<import('./fleetStatistics.mjs').FleetReport>}
 */
export async function simulatePackage({ scenario, client, clients, seed, library }) {
  const sockets = 4 * clients;
  const timers = 8 * clients;
  const fleet = new FleetSimulation({
    scenario,
    clients,
    seed,
    connectTimeout: PLATFORM_TIMEOUT_MS,
    sockets,
    timers,
  });
  const draw = createStreams(seed, clients, 1);
  const drawForAll = createStreams(seed, 1, 4);
  const platform = new VirtualPlatform(fleet, {
    sockets,
    timers,
    random: () => drawForAll(0),
    reply: client.reply ?? (() => undefined),
  });
  const start = await client.load({ library });
  platform.install();
  try {
    for (let number = 0; number < clients; number += 1) {
      start({ url: `ws://fleet.invalid/${number}`, WebSocket: platform.WebSocket, draw: () => draw(number) });
    }
    do {
      // The promises of a client settle within the same millisecond.
      await setImmediate();
      fleet.runTick();
      await setImmediate();
    } while (!isFinished(fleet) && fleet.advance());
  } finally {
    platform.uninstall();
  }
  return fleet.report();
}

/** Whether all clients are connected and nothing will close them; the timers that are left keep connections alive. */
function isFinished(fleet) {
  return fleet.stepsLeft === 0 && fleet.statistics.openCount === fleet.clients && fleet.pending === 0;
}
