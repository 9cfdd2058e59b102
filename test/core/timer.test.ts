// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTimer } from '../../src/core/timer.js';

const HOUR = 3_600_000;
const LONGEST = 2 ** 31 - 1;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount(), 'no timer is left').toBe(0);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('createTimer', () => {
  it.each([1, 1_999, 2_000, 2_001, 25_000, HOUR, LONGEST, LONGEST + 5_000])(
    'calls back once, after %i ms',
    (ms) => {
      const run = vi.fn();
      createTimer()(ms, run);
      if (ms > 0) vi.advanceTimersByTime(ms - 1);
      expect(run).toHaveBeenCalledTimes(ms > 0 ? 0 : run.mock.calls.length);
      vi.advanceTimersByTime(1);
      vi.advanceTimersByTime(HOUR);
      expect(run).toHaveBeenCalledTimes(1);
    },
  );

  it('calls back in the next macrotask when it is overdue', () => {
    const run = vi.fn();
    createTimer()(-5_000, run);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('replaces its callback when it is started again, and stops when it is cleared', () => {
    const timer = createTimer();
    const [first, second] = [vi.fn(), vi.fn()];
    timer(5_000, first);
    timer(1_000, second);
    vi.advanceTimersByTime(HOUR);
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
    timer(5_000, first);
    vi.advanceTimersByTime(3_000);
    timer();
    vi.advanceTimersByTime(HOUR);
    expect(first).not.toHaveBeenCalled();
  });

  it('uses a single timer for any duration by default', () => {
    const start = vi.spyOn(globalThis, 'setTimeout');
    createTimer()(HOUR, () => undefined);
    vi.advanceTimersByTime(HOUR);
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('notices soon that the machine slept when it runs in steps', () => {
    const run = vi.fn();
    createTimer(1_000)(30_000, run);
    vi.advanceTimersByTime(3_500);
    vi.setSystemTime(Date.now() + HOUR);
    vi.advanceTimersByTime(1_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('waits its full duration when the clock is set back', () => {
    const run = vi.fn();
    createTimer(1_000)(30_000, run);
    vi.advanceTimersByTime(3_000);
    vi.setSystemTime(Date.now() - HOUR);
    vi.advanceTimersByTime(26_999);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('waits for ever without a timer', () => {
    createTimer()(Infinity, () => {
      throw new Error('nobody waits that long');
    });
    expect(vi.getTimerCount()).toBe(0);
  });
});
