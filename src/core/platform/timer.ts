/** The longest delay of `setTimeout`, in ms: it overflows above 2^31 - 1 and fires at once. */
export const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Milliseconds since some fixed moment, for elapsed times: unlike `Date.now()` it does not change when the clock is
 * set. Platforms without `performance` get the wall clock.
 */
export function monotonicNow(): number {
  return (globalThis as { performance?: { now?: () => number } }).performance?.now?.() ?? Date.now();
}

/** One timer, started and cleared any number of times. The functions of the platform are looked up at every start. */
export class Timer {
  #id: ReturnType<typeof setTimeout> | undefined;

  /** Calls `run` once, after `ms` milliseconds; `Infinity` never does. Replaces what was started before. */
  start(ms: number, run: () => void): void {
    this.clear();
    if (ms === Infinity) return;
    const delay = Math.min(Math.max(ms, 0), MAX_TIMEOUT_MS);
    this.#id = setTimeout(() => {
      this.#id = undefined;
      if (ms > delay) this.start(ms - delay, run);
      else run();
    }, delay);
  }

  clear(): void {
    if (this.#id === undefined) return;
    clearTimeout(this.#id);
    this.#id = undefined;
  }
}
