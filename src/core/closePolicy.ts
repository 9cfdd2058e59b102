import { backoff } from './backoff.js';
import type { CloseInfo } from './closeCodes.js';
import type { WebSocketErrorKind } from './errors.js';
import type { ReconnectRules } from './reconnectRules.js';

/** An outage, from its first close until a connection has been stable. */
export interface Episode {
  /** Dials decided so far. */
  readonly attempt: number;
  /** The close that began it: the latest one of an open socket, or the refused first dial. */
  readonly cause: CloseInfo | null;
  /** A close that was worth one more dial and no other (1002). */
  readonly once: CloseInfo | null;
  /** No dial before this time, in ms since the epoch: `minDelay` after the close of an open socket. */
  readonly notBefore: number;
}

/** No outage: what a connection begins with, and comes back to once it is stable. */
export const CALM: Episode = { attempt: 0, cause: null, once: null, notBefore: 0 };

/** What a close leads to. */
export type Decision =
  | { readonly type: 'stop' }
  | { readonly type: 'fail'; readonly kind: WebSocketErrorKind; readonly close: CloseInfo }
  | { readonly type: 'reconnect'; readonly episode: Episode; readonly delay: number };

/** Codes that say that one side cannot accept what the other sends (RFC 6455 section 7.4.1). */
const CONTRACT_CODES = [1002, 1003, 1007, 1009, 1010];

/**
 * Decides what a close leads to: the whole policy, without a clock, a timer or a random source.
 *
 * @param draw a number in [0, 1) from which a delay is made
 */
export function closePolicy(
  close: CloseInfo,
  episode: Episode,
  rules: ReconnectRules,
  draw: number,
): Decision {
  const cause = close.opened || !episode.cause ? close : episode.cause;
  const attempt = episode.attempt + 1;
  const fail = (kind: WebSocketErrorKind, about = close): Decision => ({ type: 'fail', kind, close: about });

  // A terminal code is terminal whenever it comes; any other refused dial keeps the rule of the cause.
  const own = rules.decide({ close, cause, attempt, opened: close.opened }) ?? rules.ruleOf(close.code);
  if (own === 'fail') return fail(CONTRACT_CODES.includes(close.code) ? 'contract' : 'policy');
  if (own === 'stop' || !rules.enabled) return { type: 'stop' };

  const inherited = rules.ruleOf(cause.code);
  const rule = typeof own === 'number' || typeof inherited === 'string' ? rules.base : inherited;
  if (episode.once && typeof own !== 'number') return fail('contract', episode.once);
  if (attempt > rule.maxAttempts) return fail('exhausted');
  return {
    type: 'reconnect',
    delay: typeof own === 'number' ? own : backoff(attempt, rule, draw, !close.opened),
    episode: {
      attempt,
      cause,
      once: rule.once ? cause : null,
      notBefore: close.opened ? close.at + rule.minDelay : episode.notBefore,
    },
  };
}
