import { beforeAll, describe, expect, it } from 'vitest';
import { bundleLibrary, importLibrary, type Library } from '../../bench/fleet/library.mjs';
import { packageClients } from '../../bench/fleet/peers.mjs';
import { policies } from '../../bench/fleet/policies.mjs';
import { scenarios } from '../../bench/fleet/scenarios.mjs';
import { simulate, simulatePackage } from '../../bench/fleet/simulate.mjs';

let library: Library;
beforeAll(async () => {
  library = await importLibrary(await bundleLibrary());
});

const run = (name: string, { scenario = 'restart', clients = 10_000, seed = 1 } = {}) =>
  simulate({
    library,
    clients,
    seed,
    policy: policies.find((policy) => policy.name === name)!,
    scenario: scenarios.find((one) => one.name === scenario)!,
  });

describe('10,000 clients of a server that refuses for 10 s and then accepts 500 a second', () => {
  it.each([1, 2, 3])('spread their dials and are all connected within 33 s (seed %i)', (seed) => {
    const { peak, dials, back100, lost } = run('react-websocket-hooks', { seed });
    expect(lost).toBe(0);
    expect(peak).toBeLessThanOrEqual(320);
    expect(dials).toBeLessThanOrEqual(50_000);
    expect(back100).toBeLessThanOrEqual(33_000);
  });

  it('make fewer dials with a lower peak than with a delay from the whole window every time', () => {
    const ours = run('react-websocket-hooks');
    const whole = run('ours, whole window every time');
    expect(ours.peak).toBeLessThan(0.75 * whole.peak);
    expect(ours.dials).toBeLessThan(0.8 * whole.dials);
    expect(ours.back100).toBeLessThan(whole.back100 + 1_000);
  });

  it('have less than a third of the peak and little more than half of the dials of full jitter from 0', () => {
    const ours = run('react-websocket-hooks');
    const jitter = run('full jitter, at most 5 s');
    expect(ours.peak).toBeLessThan(jitter.peak / 3);
    expect(ours.dials).toBeLessThan(jitter.dials / 1.8);
  });

  it('spread their dials without a close code', () => {
    const { peak, lost } = run('react-websocket-hooks', { scenario: 'cut' });
    expect(peak).toBeLessThanOrEqual(320);
    expect(lost).toBe(0);
  });
});

describe('a simulation', () => {
  it('gives the same report for the same seed and another one for another seed', () => {
    const report = run('react-websocket-hooks', { seed: 7 });
    expect(run('react-websocket-hooks', { seed: 7 })).toEqual(report);
    expect(run('react-websocket-hooks', { seed: 8 })).not.toEqual(report);
  });

  it('keeps the load in proportion and the duration with 100,000 clients', () => {
    const { peak, dials, back100 } = run('react-websocket-hooks', { clients: 100_000 });
    expect(peak).toBeLessThanOrEqual(2_800);
    expect(dials).toBeLessThanOrEqual(500_000);
    expect(back100).toBeLessThanOrEqual(33_000);
  });

  it('gives the same figures for complete connections with timers as for the policy alone', async () => {
    const setup = { library, clients: 300, seed: 1, scenario: scenarios[0]! };
    const whole = await simulatePackage({ ...setup, client: packageClients[0]! });
    const alone = simulate({ ...setup, policy: policies[0]! });
    expect(whole.lost).toBe(0);
    expect(Math.abs(whole.dials - alone.dials)).toBeLessThan(0.01 * alone.dials);
    expect(Math.abs(whole.back100 - alone.back100)).toBeLessThan(1_000);
  });
});
