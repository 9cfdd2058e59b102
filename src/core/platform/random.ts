import { runSafely } from './runSafely.js';
import { assertInRange } from './validation.js';

/**
 * Draws a number in [0, 1). A custom `random` that throws or leaves [0, 1) is reported and replaced by `Math.random`
 * for this draw, and that one by the middle of the window if it is broken too.
 */
export function drawFrom(random: (() => number) | undefined): number {
  const drawn = random && runSafely(() => assertInRange('The result of random', random(), 0, 1));
  if (drawn !== undefined) return drawn;
  const fallback = Math.random();
  return fallback >= 0 && fallback < 1 ? fallback : 0.5;
}
