// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff, type DelayWindow } from '../../src/core/reconnect/backoff.js';
import { distanceFromUniform, seededRandom } from '../support/random.js';

const DEFAULTS: DelayWindow = { minDelay: 1_000, maxDelay: 5_000, widenAfter: 8, widenTo: 15_000 };
/** Widens early, so that several doublings fit below the limit. */
const EARLY: DelayWindow = { ...DEFAULTS, widenAfter: 3, widenTo: 30_000 };
const STEADY: DelayWindow = { ...DEFAULTS, widenTo: 5_000 };
const ALMOST_ONE = 1 - 2 ** -53;

describe('backoff', () => {
  it('draws over the whole window after the close of an open socket', () => {
    expect(backoff(1, DEFAULTS, 0, false)).toBe(1_000);
    expect(backoff(1, DEFAULTS, 0.5, false)).toBe(3_000);
    expect(backoff(1, DEFAULTS, ALMOST_ONE, false)).toBeCloseTo(5_000);
  });

  it('draws over the last quarter of the window after a refused dial', () => {
    expect(backoff(1, DEFAULTS, 0, true)).toBe(4_000);
    expect(backoff(1, DEFAULTS, 0.5, true)).toBe(4_500);
    expect(backoff(1, DEFAULTS, ALMOST_ONE, true)).toBeCloseTo(5_000);
  });

  it.each([
    [1, 5_000],
    [8, 5_000],
    [9, 10_000],
    [10, 15_000],
    [11, 15_000],
    [60, 15_000],
  ])('draws by default from a window that ends at %2$i ms for attempt %1$i', (attempt, end) => {
    expect(backoff(attempt, DEFAULTS, ALMOST_ONE, false)).toBeCloseTo(end);
    expect(backoff(attempt, DEFAULTS, ALMOST_ONE, true)).toBeCloseTo(end);
  });

  it.each([
    [1, 5_000],
    [2, 5_000],
    [3, 5_000],
    [4, 10_000],
    [5, 20_000],
    [6, 30_000],
    [7, 30_000],
    [60, 30_000],
  ])('doubles the window after widenAfter up to widenTo: %2$i ms for attempt %1$i', (attempt, end) => {
    expect(backoff(attempt, EARLY, ALMOST_ONE, false)).toBeCloseTo(end);
    expect(backoff(attempt, EARLY, ALMOST_ONE, true)).toBeCloseTo(end);
  });

  it('keeps the lower end of the window while it widens', () => {
    expect(backoff(5, EARLY, 0, false)).toBe(1_000);
    expect(backoff(10, DEFAULTS, 0, false)).toBe(1_000);
  });

  it('draws over the last half of the window after a refused dial once it has widened', () => {
    expect(backoff(8, DEFAULTS, 0, true)).toBe(5_000 - 4_000 / 4);
    expect(backoff(9, DEFAULTS, 0, true)).toBe(10_000 - 9_000 / 2);
    expect(backoff(10, DEFAULTS, 0, true)).toBe(15_000 - 14_000 / 2);
    expect(backoff(5, EARLY, 0, true)).toBe(20_000 - 19_000 / 2);
  });

  it('stays with the last quarter where widenTo leaves no room to widen', () => {
    expect(backoff(60, STEADY, 0, true)).toBe(4_000);
  });

  it('never widens the window when widenTo is maxDelay', () => {
    for (const attempt of [1, 4, 50, 5_000]) expect(backoff(attempt, STEADY, 0.5, false)).toBe(3_000);
  });

  it('widens the window from the first attempt when widenAfter is 0', () => {
    expect(backoff(1, { ...DEFAULTS, widenAfter: 0 }, ALMOST_ONE, false)).toBeCloseTo(10_000);
  });

  it('never widens the window when widenAfter is Infinity', () => {
    expect(backoff(1e6, { ...DEFAULTS, widenAfter: Infinity }, 0.5, false)).toBe(3_000);
  });

  it('returns the only value of a window without width', () => {
    const fixed = { minDelay: 2_000, maxDelay: 2_000, widenAfter: 3, widenTo: 2_000 };
    expect(backoff(9, fixed, 0.7, false)).toBe(2_000);
    expect(backoff(9, fixed, 0.7, true)).toBe(2_000);
  });

  it('returns a number after any number of attempts, also in a window of zero delay', () => {
    const none = { minDelay: 0, maxDelay: 0, widenAfter: 3, widenTo: 30_000 };
    for (const attempt of [1, 3, 4, 1_000, 1_026, 1_027, 1_028, 1e9]) {
      expect(backoff(attempt, none, 0.5, false), `attempt ${attempt}`).toBe(0);
      expect(Number.isFinite(backoff(attempt, DEFAULTS, 0.5, true)), `attempt ${attempt}`).toBe(true);
    }
  });

  it('never leaves the window of its attempt', () => {
    const delay = fc.integer({ min: 0, max: 2 ** 31 - 1 });
    const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(delay, delay, delay).map((delays) => delays.sort((a, b) => a - b)),
        fc.nat({ max: 5_000 }),
        fc.nat({ max: 20 }),
        draw,
        fc.boolean(),
        ([minDelay, maxDelay, widenTo], attempt, widenAfter, drawn, refused) => {
          const delay = backoff(attempt + 1, { minDelay, maxDelay, widenTo, widenAfter }, drawn, refused);
          const end =
            maxDelay === 0 ? 0 : Math.min(widenTo, maxDelay * 2 ** Math.max(0, attempt + 1 - widenAfter));
          expect(delay).toBeGreaterThanOrEqual(minDelay);
          expect(delay).toBeLessThanOrEqual(end);
        },
      ),
    );
  });

  it('is uniformly distributed and never clipped to an end of the window', () => {
    const random = seededRandom(1012);
    for (const attempt of [1, 4, 40]) {
      const end = Math.min(30_000, 5_000 * 2 ** Math.max(0, attempt - 3));
      const delays = Array.from({ length: 10_000 }, () => backoff(attempt, EARLY, random(), false));
      expect(distanceFromUniform(delays, 1_000, end)).toBeLessThan(1);
      expect(new Set(delays).size).toBeGreaterThan(9_990);
    }
  });

  it.each([
    [1, 4_000, 5_000],
    [9, 5_500, 10_000],
    [40, 8_000, 15_000],
  ])('is uniformly distributed from %2$i to %3$i ms after refused dial %1$i', (attempt, low, high) => {
    const random = seededRandom(1006);
    const delays = Array.from({ length: 10_000 }, () => backoff(attempt, DEFAULTS, random(), true));
    expect(distanceFromUniform(delays, low, high)).toBeLessThan(1);
  });
});
