/** The close codes and the delays once more, written from their description and not from the source. */
import type { CloseRule, ReconnectOptions } from '../../src/core/index.js';

/** What `reconnect.decide` of a sequence answers at odd attempts; at even ones it leaves it to the table. */
export type Advice = number | 'stop' | 'fail' | 'nonsense' | 'throws';

/** The `reconnect` option as plain data. */
export type Policy =
  | false
  | (Omit<ReconnectOptions, 'decide' | 'codes'> & {
      readonly codes?: Readonly<Record<number, CloseRule>>;
      readonly advice?: Advice;
    });

/** The end of a socket, as far as it is compared. */
export interface End {
  readonly code: number;
  readonly reason: string;
  readonly opened: boolean;
  readonly local: boolean;
  readonly at: number;
}

/** What is known of the outage so far. */
export interface Outage {
  readonly attempt: number;
  readonly cause: End | null;
  /** `minDelay` after the latest close of an open socket. */
  readonly notBefore: number;
}

export const NO_OUTAGE: Outage = { attempt: 0, cause: null, notBefore: 0 };

/** What has to follow a close. */
export type Ruling =
  | { readonly type: 'stop' }
  | {
      readonly type: 'fail';
      readonly kind: 'contract' | 'policy' | 'exhausted';
      readonly codes: readonly number[];
    }
  | { readonly type: 'wait'; readonly low: number; readonly high: number; readonly outage: Outage };

interface Rule {
  readonly minDelay: number;
  readonly maxDelay: number;
  readonly widenAfter: number;
  readonly widenTo: number;
  readonly maxAttempts: number;
  readonly once?: boolean;
}

const STOPS = [1000];
const BREAKS_CONTRACT = [1003, 1007, 1009, 1010];
const REFUSES_CLIENT = [1008, 3000, 3003];

function baseRule(policy: Exclude<Policy, false>): Rule {
  const { minDelay = 1_000, maxDelay = 5_000, widenAfter = 3, maxAttempts = Infinity } = policy;
  return {
    minDelay,
    maxDelay,
    widenAfter,
    maxAttempts,
    widenTo: policy.widenTo ?? Math.max(30_000, maxDelay),
  };
}

/** The default rule of a code. */
function defaultRule(code: number, policy: Exclude<Policy, false>): 'stop' | 'fail' | Rule {
  if (STOPS.includes(code)) return 'stop';
  if (BREAKS_CONTRACT.includes(code) || REFUSES_CLIENT.includes(code)) return 'fail';
  const base = baseRule(policy);
  switch (code) {
    case 1002:
      return { ...base, once: true };
    case 1011:
      return { ...base, maxAttempts: Math.min(10, base.maxAttempts) };
    case 1012:
      return { ...base, widenTo: base.maxDelay };
    case 1013:
      return { ...base, minDelay: 5_000, maxDelay: 30_000, widenTo: 30_000 };
    default:
      return base;
  }
}

/** The rule of a code with what the user lays over it. */
function ruleOf(code: number, policy: Exclude<Policy, false>): 'stop' | 'fail' | Rule {
  const standard = defaultRule(code, policy);
  const own = policy.codes?.[code];
  if (own === undefined || typeof own === 'string') return own ?? standard;
  const under = typeof standard === 'string' ? baseRule(policy) : standard;
  const maxDelay = own.maxDelay ?? under.maxDelay;
  const neverWidens = code === 1012 || code === 1013;
  return {
    minDelay: own.minDelay ?? under.minDelay,
    maxDelay,
    widenAfter: own.widenAfter ?? under.widenAfter,
    widenTo: own.widenTo ?? (neverWidens ? maxDelay : (policy.widenTo ?? Math.max(30_000, maxDelay))),
    maxAttempts: own.maxAttempts ?? under.maxAttempts,
    ...(under.once && own.maxAttempts === undefined ? { once: true } : {}),
  };
}

/** What has to follow a close, with the bounds of the delay. */
export function rule(close: End, outage: Outage, policy: Policy): Ruling {
  const options = policy || {};
  const cause = close.opened || !outage.cause ? close : outage.cause;
  const attempt = outage.attempt + 1;
  const { advice } = options;
  const followed =
    attempt % 2 === 1 && advice !== undefined && advice !== 'throws' && advice !== 'nonsense'
      ? advice
      : undefined;

  const own = followed ?? ruleOf(close.code, options);
  if (own === 'stop') return { type: 'stop' };
  if (own === 'fail') {
    const kind = [1002, ...BREAKS_CONTRACT].includes(close.code) ? 'contract' : 'policy';
    return { type: 'fail', kind, codes: [close.code] };
  }
  if (policy === false) return { type: 'stop' };

  const ofCause = ruleOf(cause.code, options);
  const effective = typeof own === 'number' || typeof ofCause === 'string' ? baseRule(options) : ofCause;
  const before = outage.cause && ruleOf(outage.cause.code, options);
  if (outage.cause && typeof before === 'object' && before?.once && typeof own !== 'number') {
    return { type: 'fail', kind: 'contract', codes: [outage.cause.code, close.code] };
  }
  if (attempt > effective.maxAttempts) return { type: 'fail', kind: 'exhausted', codes: [close.code] };

  const { minDelay, maxDelay, widenAfter, widenTo } = effective;
  const high = Math.min(widenTo, maxDelay * 2 ** Math.max(0, attempt - widenAfter));
  const low = close.opened ? minDelay : high - (high - minDelay) / 4;
  return {
    type: 'wait',
    ...(typeof own === 'number' ? { low: own, high: own } : { low, high }),
    outage: {
      attempt,
      cause,
      notBefore: close.opened ? close.at + minDelay : outage.notBefore,
    },
  };
}

/** Whether `reconnect.decide` is asked in vain, and the problem reported. */
export function isBadAdvice(outage: Outage, policy: Policy): boolean {
  const { advice } = policy || {};
  return (outage.attempt + 1) % 2 === 1 && (advice === 'throws' || advice === 'nonsense');
}
