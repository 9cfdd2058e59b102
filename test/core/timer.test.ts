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
    'runs once, after %i ms',
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

  it('runs what is overdue in the next macrotask', () => {
    const run = vi.fn();
    createTimer()(-5_000, run);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('is one timer: started anew it forgets what it was to do, and without anything to do it stops', () => {
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

  it('is one timer, however long, where nobody asks for steps', () => {
    const start = vi.spyOn(globalThis, 'setTimeout');
    createTimer()(HOUR, () => undefined);
    vi.advanceTimersByTime(HOUR);
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('in steps notices soon that the clock has jumped, because the machine slept', () => {
    const run = vi.fn();
    createTimer(1_000)(30_000, run);
    vi.advanceTimersByTime(3_500);
    vi.setSystemTime(Date.now() + HOUR);
    vi.advanceTimersByTime(1_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('takes its time although the clock is put back', () => {
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
