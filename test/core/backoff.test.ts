// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff, type DelayWindow } from '../../src/core/backoff.js';
import { distanceFromUniform, seededRandom } from '../support/random.js';

const DEFAULTS: DelayWindow = { minDelay: 1_000, maxDelay: 5_000, widenAfter: 3, widenTo: 30_000 };
const RESTART: DelayWindow = { ...DEFAULTS, widenTo: 5_000 };
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
    [2, 5_000],
    [3, 5_000],
    [4, 10_000],
    [5, 20_000],
    [6, 30_000],
    [7, 30_000],
    [60, 30_000],
  ])('draws from a window that ends at %2$i ms for attempt %1$i', (attempt, end) => {
    expect(backoff(attempt, DEFAULTS, ALMOST_ONE, false)).toBeCloseTo(end);
    expect(backoff(attempt, DEFAULTS, ALMOST_ONE, true)).toBeCloseTo(end);
  });

  it('keeps the lower end of the window while it widens, and widens the last quarter with it', () => {
    expect(backoff(5, DEFAULTS, 0, false)).toBe(1_000);
    expect(backoff(5, DEFAULTS, 0, true)).toBe(20_000 - 19_000 / 4);
  });

  it('never widens the window after a restart', () => {
    for (const attempt of [1, 4, 50, 5_000]) expect(backoff(attempt, RESTART, 0.5, false)).toBe(3_000);
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
      const delays = Array.from({ length: 10_000 }, () => backoff(attempt, DEFAULTS, random(), false));
      expect(distanceFromUniform(delays, 1_000, end)).toBeLessThan(1);
      expect(new Set(delays).size).toBeGreaterThan(9_990);
    }
  });
});
