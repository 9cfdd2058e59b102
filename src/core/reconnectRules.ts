import type { DelayWindow } from './backoff.js';
import type { CloseInfo } from './closeCodes.js';
import { LONGEST, within } from './defaults.js';
import { attempt } from './listeners.js';

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
   * The attempt after which `maxDelay` doubles at every further one.
   * @default 3
   */
  readonly widenAfter?: number | undefined;
  /**
   * What the doubled `maxDelay` never exceeds, in ms. After a 1012 or a 1013 the window does not widen, unless
   * `codes` says so.
   * @default the larger of 30_000 and `maxDelay`
   */
  readonly widenTo?: number | undefined;
  /**
   * Dials within one outage, after which the connection is `failed` with kind `exhausted`. A 1011 is worth 10
   * at the most, unless `codes` says so.
   * @default Infinity
   */
  readonly maxAttempts?: number | undefined;
  /**
   * How long a connection must be open, in ms, before `attempt` starts again from 0; with `Infinity` it never
   * does.
   * @default 5_000
   */
  readonly stableAfter?: number | undefined;
  /** Rules by close code, laid over the default rules. */
  readonly codes?: Readonly<Record<number, CloseRule>> | undefined;
  /**
   * Decides a close by itself: a delay in ms, `'stop'`, `'fail'`, or `undefined` for the rules. It is asked
   * about every close, the terminal codes included.
   */
  readonly decide?: ((context: DecideContext) => number | 'stop' | 'fail' | undefined) | undefined;
}

/** The `reconnect` option: the options, `false` for never, or a function for `{ decide }`. */
export type ReconnectPolicy = ReconnectOptions | false | NonNullable<ReconnectOptions['decide']>;

/** A rule with nothing left out. */
export interface FullRule extends DelayWindow {
  readonly maxAttempts: number;
  /** Worth one more dial: without a stable connection the outage then ends with kind `contract`. */
  readonly once?: boolean | undefined;
}

/** The `reconnect` option with its defaults, checked. */
export interface ReconnectRules {
  /** `false` turns every reconnect into a stop. */
  readonly enabled: boolean;
  readonly stableAfter: number;
  /** The user's own decision, checked: one that throws or is nonsense is reported, and there is none. */
  readonly decide: (context: DecideContext) => number | 'stop' | 'fail' | undefined;
  /** The rule of every code that has none of its own. */
  readonly base: FullRule;
  readonly ruleOf: (code: number) => 'stop' | 'fail' | FullRule;
}

/** What a code has of its own. */
interface Preset extends ReconnectRule {
  /** The window stays as it is: `widenTo` is `maxDelay`. */
  readonly steady?: true;
  readonly once?: true;
}

/** The default rules; every other code reconnects as the options say. */
const PRESETS: Readonly<Record<number, 'stop' | 'fail' | Preset>> = {
  1000: 'stop',
  1002: { once: true },
  1003: 'fail',
  1007: 'fail',
  1008: 'fail',
  1009: 'fail',
  1010: 'fail',
  1011: { maxAttempts: 10 },
  1012: { steady: true },
  1013: { minDelay: 5_000, maxDelay: 30_000, steady: true },
  3000: 'fail',
  3003: 'fail',
};

/** What an explicit `widenTo` replaces, unless `maxDelay` is larger. */
const WIDEST = 30_000;

/** What most connections have: made once, because every component resolves its options in every render. */
let standard: ReconnectRules | undefined;

/** Fills in the defaults; throws a `RangeError` that names the option and the value. */
export function resolveReconnect(policy?: ReconnectPolicy): ReconnectRules {
  return policy === undefined ? (standard ??= resolve({})) : resolve(policy);
}

function resolve(policy: ReconnectPolicy): ReconnectRules {
  const options: ReconnectOptions = typeof policy === 'function' ? { decide: policy } : policy || {};
  const { stableAfter = 5_000 } = options;
  const codes = options.codes ?? {};

  /** The rule of a code lies over its preset, and both over the options. */
  const ruleOf = (code: number): 'stop' | 'fail' | FullRule => {
    const preset = PRESETS[code] ?? {};
    const own = codes[code] ?? (typeof preset === 'string' ? preset : {});
    if (own === 'stop' || own === 'fail') return own;
    const name = `reconnect.codes[${code}]`;
    if (typeof own !== 'object')
      throw new RangeError(`${name} must be 'stop', 'fail' or a rule, not ${own as string}`);
    return completeRule(name, own, typeof preset === 'string' ? {} : preset, options);
  };
  for (const code of Object.keys(codes)) ruleOf(Number(code));
  within('reconnect.stableAfter', stableAfter);
  const base = completeRule('reconnect', {}, {}, options);
  return {
    enabled: policy !== false,
    stableAfter,
    base,
    // An object that was changed meanwhile may be nonsense now: then what was checked for all codes counts.
    ruleOf: (code) => attempt(ruleOf, code) ?? base,
    decide: (context) =>
      attempt(() => {
        const advice = options.decide?.(context);
        if (advice !== undefined && advice !== 'stop' && advice !== 'fail')
          within('The result of reconnect.decide', advice, 0, LONGEST);
        return advice;
      }),
  };
}

/** Lays the rule of a code over its preset, and both over the options. */
function completeRule(name: string, own: ReconnectRule, preset: Preset, options: ReconnectOptions): FullRule {
  const minDelay = own.minDelay ?? preset.minDelay ?? options.minDelay ?? 1_000;
  const maxDelay = own.maxDelay ?? preset.maxDelay ?? options.maxDelay ?? 5_000;
  const widenAfter = own.widenAfter ?? options.widenAfter ?? 3;
  const widenTo = own.widenTo ?? (preset.steady ? maxDelay : (options.widenTo ?? Math.max(WIDEST, maxDelay)));
  const maxAttempts =
    own.maxAttempts ?? Math.min(preset.maxAttempts ?? Infinity, options.maxAttempts ?? Infinity);
  if (
    ![minDelay, maxDelay, widenTo].every(Number.isFinite) ||
    !(0 <= minDelay && minDelay <= maxDelay && maxDelay <= widenTo && widenTo <= LONGEST)
  )
    throw new RangeError(
      `${name} must have 0 <= minDelay <= maxDelay <= widenTo <= ${LONGEST}, not ${minDelay}, ${maxDelay} and ${widenTo}`,
    );
  within(`${name}.widenAfter`, widenAfter);
  within(`${name}.maxAttempts`, maxAttempts);
  return {
    minDelay,
    maxDelay,
    widenAfter,
    widenTo,
    maxAttempts,
    once: preset.once && own.maxAttempts === undefined,
  };
}
