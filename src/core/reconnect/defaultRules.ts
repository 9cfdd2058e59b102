import type { WebSocketErrorKind } from '../errors.js';

/** How a close can end a connection for good. */
export type CloseErrorKind = Exclude<WebSocketErrorKind, 'setup'>;

/** The default rule of a code that reconnects. What is left out comes from the options. */
export interface DefaultReconnectRule {
  readonly minDelay?: number;
  readonly maxDelay?: number;
  readonly maxAttempts?: number;
  /** The window does not widen while dials are refused, unless a `widenTo` for this code says so. */
  readonly isSteady?: true;
  /** One more dial; without a stable connection the outage then fails. */
  readonly once?: true;
}

/** What a code leads to, and of which kind the error is if it ends the connection. */
export interface DefaultRule {
  readonly rule: 'stop' | 'fail' | DefaultReconnectRule;
  readonly kind: CloseErrorKind;
}

/**
 * The default rule of every close code that has one of its own (RFC 6455 section 7.4.1 and the IANA registry). Every
 * other code reconnects as the options say, and is of kind `policy` if a rule of the user makes it fail.
 */
const DEFAULT_RULES: Readonly<Record<number, DefaultRule>> = {
  1000: { rule: 'stop', kind: 'policy' },
  1002: { rule: { once: true }, kind: 'contract' },
  1003: { rule: 'fail', kind: 'contract' },
  1007: { rule: 'fail', kind: 'contract' },
  1008: { rule: 'fail', kind: 'policy' },
  1009: { rule: 'fail', kind: 'contract' },
  1010: { rule: 'fail', kind: 'contract' },
  1011: { rule: { maxAttempts: 10 }, kind: 'policy' },
  1012: { rule: { isSteady: true }, kind: 'policy' },
  1013: { rule: { minDelay: 5_000, maxDelay: 30_000, isSteady: true }, kind: 'policy' },
  3000: { rule: 'fail', kind: 'policy' },
  3003: { rule: 'fail', kind: 'policy' },
};

const OTHER_CODE: DefaultRule = { rule: {}, kind: 'policy' };

/** 3000 Unauthorized where a URL or protocols function can bring fresh credentials. */
const UNAUTHORIZED_ONCE: DefaultRule = { rule: { once: true }, kind: 'policy' };

/**
 * The default rule of a close code.
 *
 * @param canRefresh whether every dial asks a URL or protocols function, which may bring fresh credentials
 */
export function defaultRuleOf(code: number, canRefresh: boolean): DefaultRule {
  if (code === 3000 && canRefresh) return UNAUTHORIZED_ONCE;
  return DEFAULT_RULES[code] ?? OTHER_CODE;
}
