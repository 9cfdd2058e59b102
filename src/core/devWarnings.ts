import { describeRejectedFrame } from './errors.js';
import type { SentFrame } from './messages/frames.js';
import { warnOnce } from './platform/warnOnce.js';

declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** Warns, in development only, of an application that calls `reconnect()` again and again. */
export function warnOfReconnectLoop(): void {
  try {
    if (process.env.NODE_ENV === 'production') return;
    warnOnce(
      'reconnect() was called three times in a row, so it is slowed down. If onClose or onError calls it, remove that ' +
        'call: the connection reconnects by the rules of the option reconnect.',
    );
  } catch {
    // There is no `process` in this bundle.
  }
}

/** Warns, in development only, of a frame that seems to end the connection every time. */
export function warnOfSuspect(suspect: SentFrame, url: string): void {
  try {
    if (process.env.NODE_ENV === 'production') return;
    warnOnce(
      `Three connections to ${url} in a row ended right after the same kind of frame: ` +
        `${describeRejectedFrame(suspect, null)}. The server may reject it without saying so (1003).`,
    );
  } catch {
    // There is no `process` in this bundle.
  }
}
