import type { CloseInfo } from '../closeInfo.js';
import { printable } from '../platform/printable.js';
import { runSafely } from '../platform/runSafely.js';
import { MAX_TIMEOUT_MS } from '../platform/timer.js';
import { assertEach, assertInRange, assertType, isMissing, isObject } from '../platform/validation.js';
import type { DelayWindow } from './backoff.js';
import { type DefaultReconnectRule, defaultRuleOf } from './defaultRules.js';

/** What {@link ReconnectOptions.decide} decides upon. */
export interface DecideContext {
  /** The close that has just happened. */
  readonly close: CloseInfo;
  /** The close that began the outage: the latest one of an open socket, or the refused first dial. */
  readonly cause: CloseInfo;
  /** The number of the dial that is being decided; the first is 1. */
  readonly attempt: number;
  /** Whether the socket that closed had been open. */
  readonly opened: boolean;
}

/** A rule for reconnecting after one close code; what is left out comes from the code's default rule. */
export type ReconnectRule = Pick<
  ReconnectOptions,
  'minDelay' | 'maxDelay' | 'widenAfter' | 'widenTo' | 'maxAttempts'
>;

/** What a close code leads to: an ordinary end, a terminal error, or another attempt. */
export type CloseRule = 'stop' | 'fail' | ReconnectRule;

/** When and how often to come back after a close. */
export interface ReconnectOptions {
  /**
   * The shortest delay before a dial, in ms. A 1013 has a window of its own, 5 to 30 s.
   * @default 1_000
   */
  readonly minDelay?: number | undefined;
  /**
   * The longest delay before a dial, in ms, until the window widens.
   * @default 5_000
   */
  readonly maxDelay?: number | undefined;
  /**
   * The attempt after which `maxDelay` doubles with every further one.
   * @default 8
   */
  readonly widenAfter?: number | undefined;
  /**
   * The limit of the doubled `maxDelay`, in ms. After a 1012 or a 1013 the window does not widen while dials are
   * refused, unless `codes` says so.
   * @default the larger of 15_000 and `maxDelay`
   */
  readonly widenTo?: number | undefined;
  /**
   * Dials within one outage, after which the connection is `failed` with kind `exhausted`. After a 1011 there are at
   * most 10, unless `codes` says so.
   * @default Infinity
   */
  readonly maxAttempts?: number | undefined;
  /**
   * How long a connection must be open, in ms, before `attempt` starts again from 0. With `Infinity` it never does.
   * A socket that a heartbeat abandoned without having received anything was not stable.
   * @default 5_000
   */
  readonly stableAfter?: number | undefined;
  /** Rules by close code, laid over the default rules. */
  readonly codes?: Readonly<Record<number, CloseRule>> | undefined;
  /**
   * Decides what a close leads to: a delay in ms, `'stop'`, `'fail'`, or `undefined` for the rules. It is called for
   * every close, the terminal codes included; `close.error` holds what a URL or protocols function threw.
   */
  readonly decide?: ((context: DecideContext) => number | 'stop' | 'fail' | undefined) | undefined;
}

/** The `reconnect` option: the options, `false` for never, or a function for `{ decide }`. */
export type ReconnectPolicy = ReconnectOptions | false | NonNullable<ReconnectOptions['decide']>;

/** A rule for reconnecting with nothing left out. */
export interface ResolvedRule extends DelayWindow {
  readonly maxAttempts: number;
  /** The window widens only by the number of sockets that opened and ended again, not by refused dials. */
  readonly isSteady: boolean;
  /** One more dial; without a stable connection the outage then fails. */
  readonly once: boolean;
}

/** The `reconnect` option with its defaults, checked. */
export interface ReconnectRules {
  /** `false` turns every reconnect into a stop. */
  readonly isEnabled: boolean;
  readonly stableAfter: number;
  readonly options: ReconnectOptions;
  /** Whether every dial asks a URL or protocols function, which may bring fresh credentials. */
  readonly canRefresh: boolean;
  /** The rule of every code that has none of its own. */
  readonly base: ResolvedRule;
}

/** The rules without any options. Most connections use them, and components resolve their options often. */
const defaults: (ReconnectRules | undefined)[] = [];

/** Fills in the defaults; throws an error that names the option and the value. */
export function resolveReconnect(policy?: ReconnectPolicy | null, canRefresh = false): ReconnectRules {
  if (isMissing(policy)) return (defaults[Number(canRefresh)] ??= resolve({}, true, canRefresh));
  if (policy === false) return resolve({}, false, canRefresh);
  if (typeof policy === 'function') return resolve({ decide: policy }, true, canRefresh);
  assertType('reconnect', policy, 'an object, a function or false', isObject(policy));
  return resolve(policy, true, canRefresh);
}

function resolve(options: ReconnectOptions, isEnabled: boolean, canRefresh: boolean): ReconnectRules {
  assertEach('function', options, ['decide'], 'reconnect.');
  const codes = options.codes ?? {};
  assertType('reconnect.codes', codes, 'an object', isObject(codes));
  const rules = {
    isEnabled,
    stableAfter: assertInRange('reconnect.stableAfter', options.stableAfter ?? 5_000),
    options,
    canRefresh,
    base: completeRule('reconnect', {}, {}, options),
  };
  for (const code of Object.keys(codes)) checkedRuleFor(rules, Number(code), code);
  return rules;
}

/** The rule that applies to a code. Rules that were changed into nonsense since they were checked are reported. */
export function ruleFor(rules: ReconnectRules, code: number): 'stop' | 'fail' | ResolvedRule {
  return runSafely(checkedRuleFor, rules, code) ?? rules.base;
}

/** The result of `decide`; one that is no decision is reported, and so is an exception. */
export function askDecide(
  { options }: ReconnectRules,
  context: DecideContext,
): number | 'stop' | 'fail' | undefined {
  return runSafely(() => {
    const decision = options.decide?.(context);
    if (decision === undefined || decision === 'stop' || decision === 'fail') return decision;
    return assertInRange('The result of reconnect.decide', decision, 0, MAX_TIMEOUT_MS);
  });
}

/** What a rule of `codes` may hold; a misspelt name would otherwise change nothing and say nothing. */
const RULE_OPTIONS = ['minDelay', 'maxDelay', 'widenAfter', 'widenTo', 'maxAttempts'];

/** The user's rule of a code lies over the default rule, and both over the options. */
function checkedRuleFor(
  rules: ReconnectRules,
  code: number,
  key = String(code),
): 'stop' | 'fail' | ResolvedRule {
  const { rule: defaultRule } = defaultRuleOf(code, rules.canRefresh);
  // A rule that is null, in code without types, is one that is not given.
  const rule = rules.options.codes?.[code] ?? undefined;
  const name = `reconnect.codes[${printable(key)}]`;
  if (!Number.isInteger(code)) throw new RangeError(`${name}: the key must be a close code`);
  if (rule === undefined)
    return isObject(defaultRule) ? completeRule('reconnect', {}, defaultRule, rules.options) : defaultRule;
  if (rule === 'stop' || rule === 'fail') return rule;
  if (!isObject(rule))
    throw new RangeError(`${name} must be 'stop', 'fail' or an object, not ${printable(rule)}`);
  for (const option of Object.keys(rule))
    if (!RULE_OPTIONS.includes(option))
      throw new RangeError(`${name}.${printable(option)} is not an option of a rule`);
  return completeRule(name, rule, isObject(defaultRule) ? defaultRule : {}, rules.options);
}

function completeRule(
  name: string,
  rule: ReconnectRule,
  defaultRule: DefaultReconnectRule,
  options: ReconnectOptions,
): ResolvedRule {
  const read = (option: keyof ReconnectRule, fallback: number, high = MAX_TIMEOUT_MS): number => {
    const value = rule[option] ?? (defaultRule as ReconnectRule)[option] ?? options[option] ?? fallback;
    return assertInRange(`${name}.${option}`, value, 0, high);
  };
  const minDelay = read('minDelay', 1_000);
  const maxDelay = read('maxDelay', 5_000);
  const widenTo = read('widenTo', Math.max(15_000, maxDelay));
  const isSteady = defaultRule.isSteady === true && rule.widenTo === undefined;
  const maxAttempts =
    rule.maxAttempts ??
    Math.min(
      defaultRule.maxAttempts ?? Infinity,
      assertInRange('reconnect.maxAttempts', options.maxAttempts ?? Infinity),
    );
  /** The text of a value, and whether it is a default that the user may not know of. */
  const show = (option: keyof ReconnectRule, value: unknown): string =>
    `${option} (${printable(value)}${rule[option] === undefined && options[option] === undefined ? ', the default' : ''})`;
  if (minDelay > maxDelay)
    throw new RangeError(`${name}: ${show('minDelay', minDelay)} exceeds ${show('maxDelay', maxDelay)}`);
  if (maxDelay > widenTo && !isSteady)
    throw new RangeError(`${name}: ${show('maxDelay', maxDelay)} exceeds ${show('widenTo', widenTo)}`);
  return {
    minDelay,
    maxDelay,
    widenAfter: read('widenAfter', 8, Infinity),
    widenTo: Math.max(widenTo, maxDelay),
    maxAttempts: assertInRange(`${name}.maxAttempts`, maxAttempts),
    isSteady,
    once: defaultRule.once === true && rule.maxAttempts === undefined,
  };
}
