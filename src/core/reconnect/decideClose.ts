import type { CloseInfo } from '../closeInfo.js';
import { drawFrom } from '../platform/random.js';
import { backoff } from './backoff.js';
import { type CloseErrorKind, defaultRuleOf } from './defaultRules.js';
import type { Outage } from './outage.js';
import { askDecide, type ReconnectRules, type ResolvedRule, ruleFor } from './reconnectRules.js';

/** What a close leads to. */
export type CloseDecision =
  | { readonly type: 'stop' }
  /** `close` is what the error is about: the close itself, or the cause of an outage that had one more dial. */
  | { readonly type: 'fail'; readonly kind: CloseErrorKind; readonly close: CloseInfo }
  /** `delay` is in ms. */
  | { readonly type: 'reconnect'; readonly outage: Outage; readonly delay: number };

/** What a close is decided by. */
export interface CloseContext {
  readonly close: CloseInfo;
  readonly outage: Outage;
  readonly rules: ReconnectRules;
  /** The source of the draw; `Math.random` unless it is given. */
  readonly random?: (() => number) | undefined;
}

/**
 * Decides what a close leads to. It has no clock and no timer; it calls the user's `decide` and `random`, so it runs
 * before the state machine is asked.
 */
export function decideClose({ close, outage, rules, random }: CloseContext): CloseDecision {
  const { opened } = close;
  const cause = opened || !outage.cause ? close : outage.cause;
  const attempt = outage.attempt + 1;
  const code = codeInForce(close);

  // A terminal code is terminal whenever it comes. Any other refused dial keeps the rule of the cause.
  const asked = askDecide(rules, { close, cause, attempt, opened });
  const verdict = asked ?? ruleFor(rules, code);
  if (verdict === 'fail') return { type: 'fail', kind: defaultRuleOf(code, rules.canRefresh).kind, close };
  if (verdict === 'stop' || !rules.isEnabled) return { type: 'stop' };

  const customDelay = typeof verdict === 'number' ? verdict : null;
  const rule = customDelay !== null ? rules.base : reconnectRule(rules, cause);
  if (customDelay === null && outage.cause && reconnectRule(rules, outage.cause).once) {
    const { kind } = defaultRuleOf(codeInForce(outage.cause), rules.canRefresh);
    return { type: 'fail', kind, close: outage.cause };
  }
  if (attempt > rule.maxAttempts) return { type: 'fail', kind: 'exhausted', close };
  const openSockets = outage.openSockets + (opened ? 1 : 0);
  const wideningAttempt = rule.isSteady ? openSockets : attempt;
  return {
    type: 'reconnect',
    delay: customDelay ?? backoff(wideningAttempt, rule, drawFrom(random), !opened),
    outage: {
      attempt,
      openSockets,
      cause,
      notBefore: opened ? close.at + rule.minDelay : outage.notBefore,
    },
  };
}

/**
 * The code whose rule applies. A 1000 of a socket that never opened has ended no conversation, and some servers send
 * an unclean 1000 when they are stopped: both count as a lost connection.
 */
function codeInForce({ code, opened, wasClean }: CloseInfo): number {
  return code === 1000 && !(opened && wasClean) ? 1006 : code;
}

/** How to reconnect after a close; a code that does not reconnect by its rule was decided to by the user. */
function reconnectRule(rules: ReconnectRules, close: CloseInfo): ResolvedRule {
  const rule = ruleFor(rules, codeInForce(close));
  return typeof rule === 'string' ? rules.base : rule;
}
