// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_TIMEOUT_MS, monotonicNow, Timer } from '../../src/core/platform/timer.js';

const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount(), 'no timer is left').toBe(0);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('Timer', () => {
  it.each([1, 1_999, 2_000, 2_001, 25_000, HOUR, MAX_TIMEOUT_MS, MAX_TIMEOUT_MS + 5_000])(
    'calls back once, after %i ms',
    (ms) => {
      const run = vi.fn();
      new Timer().start(ms, run);
      vi.advanceTimersByTime(ms - 1);
      expect(run).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1);
      expect(run).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(HOUR);
      expect(run).toHaveBeenCalledTimes(1);
    },
  );

  it.each([0, -5_000])('calls back in the next macrotask when it is due already: %i ms', (ms) => {
    const run = vi.fn();
    new Timer().start(ms, run);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('replaces its callback when it is started again, and stops when it is cleared', () => {
    const timer = new Timer();
    const [first, second] = [vi.fn(), vi.fn()];
    timer.start(5_000, first);
    timer.start(1_000, second);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(HOUR);
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
    timer.start(5_000, first);
    vi.advanceTimersByTime(3_000);
    timer.clear();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(HOUR);
    expect(first).not.toHaveBeenCalled();
  });

  it('can be cleared before it was started, and again after it has run', () => {
    const stop = vi.spyOn(globalThis, 'clearTimeout');
    const timer = new Timer();
    timer.clear();
    timer.start(10, () => undefined);
    vi.advanceTimersByTime(10);
    timer.clear();
    expect(stop).not.toHaveBeenCalled();
  });

  it('can be started again by its own callback', () => {
    const timer = new Timer();
    const run = vi.fn(() => {
      if (run.mock.calls.length < 3) timer.start(1_000, run);
    });
    timer.start(1_000, run);
    vi.advanceTimersByTime(HOUR);
    expect(run).toHaveBeenCalledTimes(3);
  });

  it.each([1_000, HOUR, MAX_TIMEOUT_MS])('uses one timer of the platform for %i ms', (ms) => {
    const start = vi.spyOn(globalThis, 'setTimeout');
    new Timer().start(ms, () => undefined);
    vi.advanceTimersByTime(ms);
    expect(start).toHaveBeenCalledTimes(1);
    expect(start).toHaveBeenCalledWith(expect.any(Function), ms);
  });

  it('waits longer than setTimeout can in parts, one after another', () => {
    const start = vi.spyOn(globalThis, 'setTimeout');
    const run = vi.fn();
    const timer = new Timer();
    timer.start(2 * MAX_TIMEOUT_MS + 7, run);
    for (let part = 0; part < 2; part += 1) {
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(MAX_TIMEOUT_MS);
    }
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(7);
    expect(run).toHaveBeenCalledTimes(1);
    expect(start.mock.calls.map(([, ms]) => ms)).toEqual([MAX_TIMEOUT_MS, MAX_TIMEOUT_MS, 7]);
  });

  it('can be cleared in the second part', () => {
    const run = vi.fn();
    const timer = new Timer();
    timer.start(MAX_TIMEOUT_MS + HOUR, run);
    vi.advanceTimersByTime(MAX_TIMEOUT_MS + 1);
    timer.clear();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(2 * HOUR);
    expect(run).not.toHaveBeenCalled();
  });

  it.each([HOUR, -HOUR])('waits its full duration when the clock is set by %i ms', (change) => {
    const run = vi.fn();
    new Timer().start(30_000, run);
    vi.advanceTimersByTime(3_000);
    vi.setSystemTime(Date.now() + change);
    vi.advanceTimersByTime(26_999);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('never calls back after Infinity, without a timer, and drops what was started before', () => {
    const run = vi.fn();
    const timer = new Timer();
    timer.start(1_000, run);
    timer.start(Infinity, run);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(HOUR);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('monotonicNow', () => {
  it('measures elapsed time whatever the clock says', () => {
    const start = monotonicNow();
    vi.setSystemTime(Date.now() - HOUR);
    vi.advanceTimersByTime(250);
    expect(monotonicNow() - start).toBe(250);
  });

  it.each([undefined, {}])('uses the clock where the platform has no performance.now: %j', (performance) => {
    vi.stubGlobal('performance', performance);
    expect(monotonicNow()).toBe(Date.now());
  });
});
