/** One timer: starts it anew, or without anything to run stops it. A wait of `Infinity` needs none. */
export type Timer = (ms?: number, run?: () => void) => void;

/** A longer wait, in ms, runs in steps of this: after a sleep the clock has jumped, and a timer has not. */
const STEP = 2_000;

/** Creates a timer. The platform's timers are looked up at every start, so that fake ones work. */
export function createTimer(): Timer {
  let pending: ReturnType<typeof setTimeout> | undefined;
  const start: Timer = (ms = 0, run) => {
    clearTimeout(pending);
    if (!run || ms === Infinity) return;
    const from = Date.now();
    pending = setTimeout(
      () => {
        // The clock may have been put back as well.
        const left = ms - Math.max(STEP, Date.now() - from);
        if (left >= 1) start(left, run);
        else run();
      },
      Math.max(0, Math.min(ms, STEP)),
    );
  };
  return start;
}

/** Runs when the present task is through; not a platform call, because fake timers hold that back. */
export function inMicrotask(run: () => void): void {
  void Promise.resolve().then(run);
}
