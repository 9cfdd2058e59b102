// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  RECONNECT_FLOOR_MS,
  ReconnectBrake,
  SETUP_FLOOR_MS,
} from '../../src/core/reconnect/reconnectBrake.js';

let brake: ReconnectBrake;
const run = vi.fn();

/** Requests a dial; what an earlier call of the same tick began is still under way unless `hasEnded`. */
const request = (hasEnded = false, floor = RECONNECT_FLOOR_MS): boolean =>
  brake.request(floor, hasEnded, run);

/** Ends the current task without letting time pass. */
const endTick = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
};

/** Makes calls one after the other, each in a new task, without time in between. */
async function requestInTasks(count: number): Promise<boolean[]> {
  const results: boolean[] = [];
  for (let call = 0; call < count; call += 1) {
    results.push(request());
    await endTick();
  }
  return results;
}

beforeEach(() => {
  vi.useFakeTimers();
  run.mockReset();
  brake = new ReconnectBrake();
});
afterEach(() => {
  brake.cancel();
  expect(vi.getTimerCount(), 'no timer is left').toBe(0);
  vi.useRealTimers();
});

describe('ReconnectBrake', () => {
  it('runs the first call at once, without a timer', () => {
    expect(request()).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('runs once for several calls in one tick', async () => {
    for (let call = 0; call < 10; call += 1) expect(request()).toBe(false);
    await endTick();
    vi.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('does not count calls in one tick as calls in a row', async () => {
    for (let call = 0; call < 10; call += 1) request();
    await endTick();
    expect(request()).toBe(false);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('does not run again for a call in the same tick by its own run', () => {
    run.mockImplementation(() => request());
    request();
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('runs a call after the first has ended in a later task', async () => {
    request();
    expect(request(true)).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
    await endTick();
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('runs the second call in a row at once', async () => {
    expect(await requestInTasks(2)).toEqual([false, false]);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it.each([RECONNECT_FLOOR_MS, SETUP_FLOOR_MS])(
    'lets the third call in a row within %i ms wait',
    async (floor) => {
      for (let call = 0; call < 2; call += 1) {
        request(false, floor);
        await endTick();
      }
      vi.advanceTimersByTime(100);
      expect(request(false, floor)).toBe(true);
      vi.advanceTimersByTime(floor - 101);
      expect(run).toHaveBeenCalledTimes(2);
      vi.advanceTimersByTime(1);
      expect(run).toHaveBeenCalledTimes(3);
    },
  );

  it('runs once for any number of waiting calls', async () => {
    expect(await requestInTasks(6)).toEqual([false, false, true, true, true, true]);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(RECONNECT_FLOOR_MS);
    await endTick();
    vi.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('limits a loop to one run per minimum interval', async () => {
    await requestInTasks(2);
    for (let loop = 0; loop < 10; loop += 1) {
      expect(request()).toBe(true);
      vi.advanceTimersByTime(RECONNECT_FLOOR_MS - 1);
      expect(run).toHaveBeenCalledTimes(2 + loop);
      vi.advanceTimersByTime(1);
      await endTick();
    }
    expect(run).toHaveBeenCalledTimes(12);
  });

  it('counts from the start again after a minimum interval without a call', async () => {
    await requestInTasks(2);
    vi.advanceTimersByTime(RECONNECT_FLOOR_MS);
    expect(await requestInTasks(2)).toEqual([false, false]);
    expect(run).toHaveBeenCalledTimes(4);
  });

  it('measures elapsed time, not the clock', async () => {
    await requestInTasks(2);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(request()).toBe(true);
  });

  it('forgets a waiting call when something else has decided what happens next', async () => {
    await requestInTasks(3);
    brake.cancel();
    vi.advanceTimersByTime(60_000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('rethrows an exception of the run and keeps working', async () => {
    run.mockImplementationOnce(() => {
      throw new Error('The dial failed.');
    });
    expect(() => request()).toThrow('The dial failed.');
    await endTick();
    expect(request()).toBe(false);
    expect(run).toHaveBeenCalledTimes(2);
  });
});
