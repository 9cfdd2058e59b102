import { backoff } from './backoff.js';
import type { CloseInfo } from './closeCodes.js';
import type { WebSocketErrorKind } from './errors.js';
import type { FullRule, ReconnectRules } from './reconnectRules.js';

/** An outage, from its first close until a connection has been stable. */
export interface Episode {
  /** Dials decided so far. */
  readonly attempt: number;
  /** The close that began it: the latest one of an open socket, or the refused first dial. */
  readonly cause: CloseInfo | null;
  /** No dial before this time, in ms since the epoch: `minDelay` after the close of an open socket. */
  readonly notBefore: number;
}

/** No outage: what a connection begins with, and comes back to once it is stable. */
export const CALM: Episode = { attempt: 0, cause: null, notBefore: 0 };

/** How a close can end a connection for good. */
export type CloseErrorKind = Exclude<WebSocketErrorKind, 'setup'>;

/** What a close leads to. */
export type Decision =
  | { readonly type: 'stop' }
  | { readonly type: 'fail'; readonly kind: CloseErrorKind; readonly close: CloseInfo }
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
  const { code, opened, at } = close;
  const cause = opened || !episode.cause ? close : episode.cause;
  const attempt = episode.attempt + 1;
  const fail = (kind: CloseErrorKind, about = close): Decision => ({ type: 'fail', kind, close: about });

  // A terminal code is terminal whenever it comes; any other refused dial keeps the rule of the cause.
  const own = rules.decide({ close, cause, attempt, opened }) ?? rules.ruleOf(code);
  if (own === 'fail') return fail(CONTRACT_CODES.includes(code) ? 'contract' : 'policy');
  if (own === 'stop' || !rules.enabled) return { type: 'stop' };

  /** What counts where a code says how to come back; where it does not, the options do. */
  const reconnectRule = (of: number): FullRule => {
    const rule = rules.ruleOf(of);
    return typeof rule === 'string' ? rules.base : rule;
  };
  const isDecided = typeof own === 'number';
  const rule = isDecided ? rules.base : reconnectRule(cause.code);
  if (!isDecided && episode.cause && reconnectRule(episode.cause.code).once)
    return fail('contract', episode.cause);
  if (attempt > rule.maxAttempts) return fail('exhausted');
  return {
    type: 'reconnect',
    delay: isDecided ? own : backoff(attempt, rule, draw, !opened),
    episode: { attempt, cause, notBefore: opened ? at + rule.minDelay : episode.notBefore },
  };
}
