import { setImmediate } from 'node:timers/promises';
import { GONE } from './policies.mjs';
import { createStreams } from './random.mjs';
import { VirtualPlatform } from './virtualPlatform.mjs';
import { ORIGIN, World } from './world.mjs';

/** What a platform gives up by itself: a TCP connect of Linux takes 127 s. */
const PLATFORM_TIMEOUT = 127_000;

/**
 * Runs one policy through one scenario.
 *
 * @param {object} run
 * @param {import('./scenarios.mjs').Scenario} run.scenario
 * @param {import('./policies.mjs').Policy} run.policy
 * @param {number} run.clients
 * @param {number} run.seed
 * @param {import('./library.mjs').Library} run.library
 * @returns {import('./ledger.mjs').Report}
 */
export function simulate({ scenario, policy, clients, seed, library }) {
  const world = new World({ scenario, clients, seed, connectTimeout: policy.connectTimeout });
  const decide = policy.create({ clients, draw: createStreams(seed, clients, 1), library });
  world.driver = {
    opened() {},
    closed(client, code, opened, openFor) {
      const delay = decide(client, code, opened, openFor);
      if (delay !== GONE) world.wait(client, delay);
    },
  };
  world.openAll();
  world.run();
  return world.ledger.report(scenario.wellAt, Math.min(world.calendar.now, world.end) - ORIGIN);
}

/**
 * Runs one client from its own package through one scenario, as many times as there are clients.
 *
 * @param {object} run
 * @param {import('./scenarios.mjs').Scenario} run.scenario
 * @param {import('./peers.mjs').PackageClient} run.client
 * @param {number} run.clients
 * @param {number} run.seed
 * @param {import('./library.mjs').Library} run.library
 * @returns {Promise<import('./ledger.mjs').Report>}
 */
export async function simulatePackage({ scenario, client, clients, seed, library }) {
  const sockets = 4 * clients;
  const timers = 8 * clients;
  const world = new World({ scenario, clients, seed, connectTimeout: PLATFORM_TIMEOUT, sockets, timers });
  const draw = createStreams(seed, clients, 1);
  const shared = createStreams(seed, 1, 4);
  const platform = new VirtualPlatform(world, {
    sockets,
    timers,
    random: () => shared(0),
    reply: client.reply ?? (() => undefined),
  });
  const start = await client.load({ library });
  platform.install();
  try {
    for (let number = 0; number < clients; number += 1) {
      start({ url: `ws://fleet.invalid/${number}`, WebSocket: platform.WebSocket, draw: () => draw(number) });
    }
    do {
      // What the client does in promises belongs to the same millisecond.
      await setImmediate();
      world.runTick();
      await setImmediate();
    } while (!isSettled(world) && world.calendar.advance(world.end));
  } finally {
    platform.uninstall();
  }
  return world.ledger.report(scenario.wellAt, Math.min(world.calendar.now, world.end) - ORIGIN);
}

/** Whether everybody is back for good: what timers there are, only keep connections alive. */
function isSettled(world) {
  return world.actsLeft === 0 && world.ledger.openCount === world.clients && world.pending === 0;
}
