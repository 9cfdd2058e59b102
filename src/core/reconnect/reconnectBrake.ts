import { runInMicrotask } from '../platform/runSafely.js';
import { monotonicNow, Timer } from '../platform/timer.js';

/** From the third call in a row on, `reconnect()` dials no faster than this, in ms. */
export const RECONNECT_FLOOR_MS = 250;

/** The same where no socket could be made at all, in ms: the next attempt will most likely fail as well. */
export const SETUP_FLOOR_MS = 1_000;

/** This many calls in a row are not slowed down. */
const FREE_CALLS = 2;

/**
 * Limits how fast `reconnect()` dials, because an application that calls it from `onClose` would otherwise flood a
 * server that is down, or freeze the page where no socket can be made. Calls within one tick dial once.
 */
export class ReconnectBrake {
  readonly #timer = new Timer();
  #lastAt = -Infinity;
  #callsInARow = 0;
  #isSameTick = false;

  /**
   * Calls `run` now or later; returns whether the call was slowed down.
   *
   * @param floor the least time between calls in a row, in ms
   * @param hasEnded whether what an earlier call of this tick began has ended already
   */
  request(floor: number, hasEnded: boolean, run: () => void): boolean {
    if (this.#isSameTick && !hasEnded) return false;
    const elapsed = monotonicNow() - this.#lastAt;
    this.#callsInARow = elapsed < floor ? this.#callsInARow + 1 : 1;
    const isSlowed = this.#callsInARow > FREE_CALLS;
    if (!isSlowed && !this.#isSameTick) this.#run(run);
    else this.#timer.start(isSlowed ? floor - elapsed : 0, () => this.#run(run));
    return isSlowed;
  }

  /** Lets the next dial wait for a later task: one was just made, or no socket could be made. */
  hold(): void {
    this.#isSameTick = true;
    runInMicrotask(() => {
      this.#isSameTick = false;
    });
  }

  /** Something else has decided what happens next. */
  cancel(): void {
    this.#timer.clear();
  }

  #run(run: () => void): void {
    this.#timer.clear();
    this.#lastAt = monotonicNow();
    this.hold();
    run();
  }
}
