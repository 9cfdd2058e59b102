import { LONGEST } from './defaults.js';

/** One timer that is started anew, or stopped; never two of a kind. */
export interface Timer {
  readonly start: (ms: number, run: () => void) => void;
  /** Runs at this time of the wall clock, in ms since the epoch, also when the machine sleeps meanwhile. */
  readonly startUntil: (time: number, run: () => void) => void;
  readonly stop: () => void;
  readonly isRunning: () => boolean;
}

/** A wait longer than the first, in ms, runs in steps of the second: after a sleep the clock has jumped. */
const LONG_WAIT = 5_000;
const STEP = 1_000;

/** Creates a timer. The platform's timers are looked up at every start, so that fake ones work. */
export function createTimer(): Timer {
  let pending: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(pending);
    pending = undefined;
  };
  const start = (ms: number, run: () => void): void => {
    stop();
    pending = setTimeout(
      () => {
        pending = undefined;
        run();
      },
      Math.min(Math.max(ms, 0), LONGEST),
    );
  };
  const startUntil = (time: number, run: () => void, left = time - Date.now()): void => {
    if (left <= LONG_WAIT) {
      start(left, run);
      return;
    }
    start(STEP, () => {
      startUntil(time, run, Math.min(left - STEP, time - Date.now()));
    });
  };
  return { start, startUntil, stop, isRunning: () => pending !== undefined };
}
