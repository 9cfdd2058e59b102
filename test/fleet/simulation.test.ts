import { beforeAll, describe, expect, it } from 'vitest';
import { bundleLibrary, importLibrary, type Library } from '../../bench/fleet/library.mjs';
import { packageClients } from '../../bench/fleet/packageClients.mjs';
import { policies } from '../../bench/fleet/policies.mjs';
import { scenarios } from '../../bench/fleet/scenarios.mjs';
import { simulatePackage, simulatePolicy } from '../../bench/fleet/simulate.mjs';

let library: Library;
beforeAll(async () => {
  library = await importLibrary(await bundleLibrary());
});

const run = (name: string, { scenario = 'restart', clients = 10_000, seed = 1 } = {}) =>
  simulatePolicy({
    library,
    clients,
    seed,
    policy: policies.find((policy) => policy.name === name)!,
    scenario: scenarios.find((one) => one.name === scenario)!,
  });

describe('10,000 clients after a restart: the server refuses for 10 s, then accepts 500 clients per second', () => {
  it.each([1, 2, 3])('spread their dials and are all connected again within 33 s (seed %i)', (seed) => {
    const { peak, dials, reconnectTime100, disconnected } = run('react-websocket-hooks', { seed });
    expect(disconnected).toBe(0);
    expect(peak).toBeLessThanOrEqual(320);
    expect(dials).toBeLessThanOrEqual(50_000);
    expect(reconnectTime100).toBeLessThanOrEqual(33_000);
  });

  it('make fewer dials and have a lower peak than if every delay came from the whole window', () => {
    const ours = run('react-websocket-hooks');
    const wholeWindow = run('ours, whole window every time');
    expect(ours.peak).toBeLessThan(0.75 * wholeWindow.peak);
    expect(ours.dials).toBeLessThan(0.8 * wholeWindow.dials);
    expect(ours.reconnectTime100).toBeLessThan(wholeWindow.reconnectTime100 + 1_000);
  });

  it('have less than a third of the peak of full jitter and little more than half of its dials', () => {
    const ours = run('react-websocket-hooks');
    const jitter = run('full jitter, at most 5 s');
    expect(ours.peak).toBeLessThan(jitter.peak / 3);
    expect(ours.dials).toBeLessThan(jitter.dials / 1.8);
  });

  it('spread their dials also when the restart has no close code', () => {
    const { peak, disconnected } = run('react-websocket-hooks', { scenario: 'restart-1006' });
    expect(peak).toBeLessThanOrEqual(320);
    expect(disconnected).toBe(0);
  });
});

describe('a simulated fleet', () => {
  it('gives the same report for the same seed, and a different one for another seed', () => {
    const report = run('react-websocket-hooks', { seed: 7 });
    expect(run('react-websocket-hooks', { seed: 7 })).toEqual(report);
    expect(run('react-websocket-hooks', { seed: 8 })).not.toEqual(report);
  });

  it('of 100,000 clients has a proportional load and the same duration', () => {
    const { peak, dials, reconnectTime100 } = run('react-websocket-hooks', { clients: 100_000 });
    expect(peak).toBeLessThanOrEqual(2_800);
    expect(dials).toBeLessThanOrEqual(500_000);
    expect(reconnectTime100).toBeLessThanOrEqual(33_000);
  });

  it('gives the same figures for complete connections as for the policy alone', async () => {
    const setup = { library, clients: 300, seed: 1, scenario: scenarios[0]! };
    const complete = await simulatePackage({ ...setup, client: packageClients[0]! });
    const policyAlone = simulatePolicy({ ...setup, policy: policies[0]! });
    expect(complete.disconnected).toBe(0);
    expect(Math.abs(complete.dials - policyAlone.dials)).toBeLessThan(0.01 * policyAlone.dials);
    expect(Math.abs(complete.reconnectTime100 - policyAlone.reconnectTime100)).toBeLessThan(1_000);
  });
});
