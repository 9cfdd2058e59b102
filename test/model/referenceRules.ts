/** The close codes and the delays once more, written from their description and not from the source. */
import type { CloseRule, ReconnectOptions } from '../../src/core/index.js';

/** What `reconnect.decide` answers at odd attempts; at even ones it leaves the decision to the rules. */
export type DecideResult = number | 'stop' | 'fail' | 'nonsense' | 'throws';

/** The `reconnect` option as plain data. */
export type ReconnectPolicy =
  | false
  | (Omit<ReconnectOptions, 'decide' | 'codes'> & {
      readonly codes?: Readonly<Record<number, CloseRule>>;
      readonly decideResult?: DecideResult;
    });

type PolicyOptions = Exclude<ReconnectPolicy, false>;

/** A close, as far as it is compared. */
export interface ModelClose {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  readonly opened: boolean;
  readonly local: boolean;
  readonly at: number;
}

/** What is known of the outage so far. */
export interface ModelOutage {
  readonly attempt: number;
  /** How many sockets were open and ended within the outage. */
  readonly openSockets: number;
  readonly cause: ModelClose | null;
  /** `minDelay` after the latest close of an open socket. */
  readonly notBefore: number;
}

export const NO_OUTAGE: ModelOutage = { attempt: 0, openSockets: 0, cause: null, notBefore: 0 };

/** What has to follow a close. */
export type Ruling =
  | { readonly type: 'stop' }
  | {
      readonly type: 'fail';
      readonly kind: 'contract' | 'policy' | 'exhausted';
      readonly code: number;
    }
  | { readonly type: 'wait'; readonly low: number; readonly high: number; readonly outage: ModelOutage };

interface ModelRule {
  readonly minDelay: number;
  readonly maxDelay: number;
  readonly widenAfter: number;
  readonly widenTo: number;
  readonly maxAttempts: number;
  /** The window does not widen while dials are refused. */
  readonly isSteady?: boolean;
  /** One more dial; the outage fails without a stable connection. */
  readonly once?: boolean;
}

const BREAKS_CONTRACT = [1003, 1007, 1009, 1010];
const REFUSES_CLIENT = [1008, 3000, 3003];

/** The rule of every code that has none of its own. */
function baseRule({
  minDelay = 1_000,
  maxDelay = 5_000,
  widenAfter = 8,
  widenTo = Math.max(15_000, maxDelay),
  maxAttempts = Infinity,
}: PolicyOptions): ModelRule {
  return { minDelay, maxDelay, widenAfter, widenTo, maxAttempts };
}

/** The default rule of a code. */
function defaultRule(code: number, options: PolicyOptions, canRefresh: boolean): 'stop' | 'fail' | ModelRule {
  const base = baseRule(options);
  if (code === 1000) return 'stop';
  // A function as URL or protocols may bring a fresh token.
  if (code === 3000 && canRefresh) return { ...base, once: true };
  if (BREAKS_CONTRACT.includes(code) || REFUSES_CLIENT.includes(code)) return 'fail';
  switch (code) {
    case 1002:
      return { ...base, once: true };
    case 1011:
      return { ...base, maxAttempts: Math.min(10, base.maxAttempts) };
    case 1012:
      return { ...base, isSteady: true };
    case 1013:
      return {
        ...base,
        minDelay: 5_000,
        maxDelay: 30_000,
        widenTo: Math.max(30_000, options.widenTo ?? 0),
        isSteady: true,
      };
    default:
      return base;
  }
}

/** The rule of a code with what the user lays over it. */
function ruleOf(code: number, options: PolicyOptions, canRefresh: boolean): 'stop' | 'fail' | ModelRule {
  const standard = defaultRule(code, options, canRefresh);
  const own = options.codes?.[code];
  if (own === undefined || typeof own === 'string') return own ?? standard;
  const under = typeof standard === 'string' ? baseRule(options) : standard;
  const maxDelay = own.maxDelay ?? under.maxDelay;
  return {
    minDelay: own.minDelay ?? under.minDelay,
    maxDelay,
    widenAfter: own.widenAfter ?? under.widenAfter,
    widenTo: own.widenTo ?? options.widenTo ?? Math.max(15_000, maxDelay),
    maxAttempts: own.maxAttempts ?? under.maxAttempts,
    isSteady: under.isSteady === true && own.widenTo === undefined,
    once: under.once === true && own.maxAttempts === undefined,
  };
}

/** A 1000 that is not clean, or of a socket that never opened, ends no conversation: it counts as a lost connection. */
function effectiveCode({ code, opened, wasClean }: ModelClose): number {
  return code === 1000 && !(opened && wasClean) ? 1006 : code;
}

/** What has to follow a close, with the bounds of the delay. */
export function ruleOn(
  close: ModelClose,
  outage: ModelOutage,
  policy: ReconnectPolicy,
  canRefresh: boolean,
): Ruling {
  const options = policy || {};
  const { decideResult } = options;
  const cause = close.opened || !outage.cause ? close : outage.cause;
  const attempt = outage.attempt + 1;
  const isAnswered = attempt % 2 === 1 && decideResult !== 'throws' && decideResult !== 'nonsense';
  const code = effectiveCode(close);

  const own = (isAnswered ? decideResult : undefined) ?? ruleOf(code, options, canRefresh);
  if (own === 'stop') return { type: 'stop' };
  if (own === 'fail') {
    const kind = [1002, ...BREAKS_CONTRACT].includes(code) ? 'contract' : 'policy';
    return { type: 'fail', kind, code: close.code };
  }
  if (policy === false) return { type: 'stop' };

  const ofCause = ruleOf(effectiveCode(cause), options, canRefresh);
  const rule = typeof own === 'number' || typeof ofCause === 'string' ? baseRule(options) : ofCause;
  if (outage.cause && typeof own !== 'number') {
    const before = ruleOf(effectiveCode(outage.cause), options, canRefresh);
    if (typeof before === 'object' && before.once)
      return {
        type: 'fail',
        kind: outage.cause.code === 1002 ? 'contract' : 'policy',
        code: outage.cause.code,
      };
  }
  if (attempt > rule.maxAttempts) return { type: 'fail', kind: 'exhausted', code: close.code };

  const { minDelay, maxDelay, widenAfter, widenTo } = rule;
  const openSockets = outage.openSockets + (close.opened ? 1 : 0);
  const doublings = Math.max(0, (rule.isSteady ? openSockets : attempt) - widenAfter);
  const high = Math.min(Math.max(widenTo, maxDelay), maxDelay * 2 ** doublings);
  const hasWidened = high > maxDelay;
  // The last quarter of the window after a refused dial, the last half once it has widened.
  const low = close.opened ? minDelay : high - (high - minDelay) / (hasWidened ? 2 : 4);
  return {
    type: 'wait',
    ...(typeof own === 'number' ? { low: own, high: own } : { low, high }),
    outage: {
      attempt,
      openSockets,
      cause,
      notBefore: close.opened ? close.at + minDelay : outage.notBefore,
    },
  };
}

/** Whether `reconnect.decide` gives no decision, which is reported. */
export function isBadDecision(outage: ModelOutage, policy: ReconnectPolicy): boolean {
  const { decideResult } = policy || {};
  return (outage.attempt + 1) % 2 === 1 && (decideResult === 'throws' || decideResult === 'nonsense');
}
