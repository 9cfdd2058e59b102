/** The interval, in milliseconds, from which delays are drawn, and how it grows during an outage. */
export interface DelayWindow {
  readonly minDelay: number;
  readonly maxDelay: number;
  /** The attempt after which the window starts to double. */
  readonly widenAfter: number;
  /** What the upper end never exceeds. */
  readonly widenTo: number;
}

/**
 * The delay before a dial, in milliseconds: drawn uniformly inside the window, never clipped into it.
 *
 * After the close of an open socket the whole window is used, so that clients that lost their server at
 * one instant come back spread out. After a refused dial only the last quarter is: those clients are
 * spread already, and a server that is not up yet is asked less often.
 *
 * @param attempt number of the dial to come, the first is 1
 * @param draw a number in [0, 1)
 */
export function backoff(attempt: number, window: DelayWindow, draw: number, refused: boolean): number {
  const { minDelay, maxDelay, widenAfter, widenTo } = window;
  // Twice as long as 0 ms is 0 ms: after 1,024 doublings it would be no number.
  const high = maxDelay && Math.min(widenTo, maxDelay * 2 ** Math.max(0, attempt - widenAfter));
  const low = refused ? high - (high - minDelay) / 4 : minDelay;
  return low + draw * (high - low);
}
