import { LONGEST } from './defaults.js';

/** One timer: starts it anew, or without anything to run stops it. A wait of `Infinity` needs none. */
export type Timer = (ms?: number, run?: () => void) => void;

/** A wait that is longer than this, in ms, runs in steps. */
const LONG = 5_000;

/**
 * Creates a timer. The platform's timers are looked up at every start, so that fake ones work.
 *
 * @param step how long a step of a long wait is, in ms: after a sleep the clock has jumped, and a timer has not.
 * Only for what has to notice it, because a hidden page holds back timers that follow one another
 */
export function createTimer(step = LONGEST): Timer {
  let pending: ReturnType<typeof setTimeout> | undefined;
  const start: Timer = (ms = 0, run) => {
    clearTimeout(pending);
    if (!run || ms === Infinity) return;
    const from = Date.now();
    const part = Math.max(0, ms > LONG ? Math.min(ms, step) : ms);
    pending = setTimeout(() => {
      // The clock may have been put back as well.
      const left = ms - Math.max(part, Date.now() - from);
      if (left >= 1) start(left, run);
      else run();
    }, part);
  };
  return start;
}

/** Runs when the present task is through; not a platform call, because fake timers hold that back. */
export function inMicrotask(run: () => void): void {
  void Promise.resolve().then(run);
}
