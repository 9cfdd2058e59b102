/** The interval, in milliseconds, from which delays are drawn, and how it grows during an outage. */
export interface DelayWindow {
  readonly minDelay: number;
  readonly maxDelay: number;
  /** The attempt after which the upper end doubles with every further attempt. */
  readonly widenAfter: number;
  /** The limit of the upper end. */
  readonly widenTo: number;
}

/**
 * The delay before a dial, in milliseconds: drawn uniformly inside the window, never clipped into it.
 *
 * After the close of an open socket the whole window is used, so that clients that lost their server at one instant
 * come back spread out. After a refused dial only the last quarter is used, or the last half once the window has
 * widened: those clients are spread already, and a server that is not up yet is asked less often.
 *
 * @param attempt the number that widens the window, the first is 1
 * @param draw a number in [0, 1)
 * @param isRefused whether the socket never opened
 */
export function backoff(attempt: number, window: DelayWindow, draw: number, isRefused: boolean): number {
  const { minDelay, maxDelay, widenAfter, widenTo } = window;
  // Doubling 0 ms more than 1,023 times would give NaN.
  const high = maxDelay && Math.min(widenTo, maxDelay * 2 ** Math.max(0, attempt - widenAfter));
  const share = high > maxDelay ? 2 : 4;
  const low = isRefused ? high - (high - minDelay) / share : minDelay;
  return low + draw * (high - low);
}
