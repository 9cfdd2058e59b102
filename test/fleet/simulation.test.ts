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
  it.each([1, 2, 3])('are spread, and back within 33 s (seed %i)', (seed) => {
    const { peak, dials, back100, lost } = run('react-websocket-hooks', { seed });
    expect(lost).toBe(0);
    expect(peak).toBeLessThanOrEqual(320);
    expect(dials).toBeLessThanOrEqual(50_000);
    expect(back100).toBeLessThanOrEqual(33_000);
  });

  it('dial less, and in smaller crowds, than with a whole draw every time', () => {
    const ours = run('react-websocket-hooks');
    const whole = run('ours, whole window every time');
    expect(ours.peak).toBeLessThan(0.75 * whole.peak);
    expect(ours.dials).toBeLessThan(0.8 * whole.dials);
    expect(ours.back100).toBeLessThan(whole.back100 + 1_000);
  });

  it('dial less than a third as often at worst as with jitter from 0, and half as often at all', () => {
    const ours = run('react-websocket-hooks');
    const jitter = run('full jitter, at most 5 s');
    expect(ours.peak).toBeLessThan(jitter.peak / 3);
    expect(ours.dials).toBeLessThan(jitter.dials / 1.8);
  });

  it('need no close code to be spread', () => {
    const { peak, lost } = run('react-websocket-hooks', { scenario: 'cut' });
    expect(peak).toBeLessThanOrEqual(320);
    expect(lost).toBe(0);
  });
});

describe('a run', () => {
  it('is the same with the same seed, and another one with another', () => {
    const report = run('react-websocket-hooks', { seed: 7 });
    expect(run('react-websocket-hooks', { seed: 7 })).toEqual(report);
    expect(run('react-websocket-hooks', { seed: 8 })).not.toEqual(report);
  });

  it('scales with the number of clients', () => {
    const { peak, dials, back100 } = run('react-websocket-hooks', { clients: 100_000 });
    expect(peak).toBeLessThanOrEqual(2_800);
    expect(dials).toBeLessThanOrEqual(500_000);
    expect(back100).toBeLessThanOrEqual(33_000);
  });

  it('of whole connections with their timers tells what the policy alone tells', async () => {
    const setup = { library, clients: 300, seed: 1, scenario: scenarios[0]! };
    const whole = await simulatePackage({ ...setup, client: packageClients[0]! });
    const alone = simulate({ ...setup, policy: policies[0]! });
    expect(whole.lost).toBe(0);
    expect(Math.abs(whole.dials - alone.dials)).toBeLessThan(0.01 * alone.dials);
    expect(Math.abs(whole.back100 - alone.back100)).toBeLessThan(1_000);
  });
});
