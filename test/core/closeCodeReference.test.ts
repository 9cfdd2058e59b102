import { describe, expect, it } from 'vitest';

import { type CloseCodeEntry, closeCodes, describeCloseCode } from '../../src/closeCodes/index.js';
import { closeCodeName, createCloseInfo } from '../../src/core/closeInfo.js';
import { type CloseDecision, decideClose } from '../../src/core/reconnect/decideClose.js';
import { NO_OUTAGE, type Outage } from '../../src/core/reconnect/outage.js';
import { type ReconnectRules, resolveReconnect, ruleFor } from '../../src/core/reconnect/reconnectRules.js';

/** The rules of a connection whose URL is a string, and of one that asks a function before every dial. */
const rules = resolveReconnect();
const rulesWithFunction = resolveReconnect(undefined, true);

const closeOf = (code: number, opened: boolean) => createCloseInfo({ code, opened, wasClean: true, at: 0 });

/** Decides about a close, with the longest delay of the window. */
function decide(
  code: number,
  under: ReconnectRules,
  { opened = true, outage = NO_OUTAGE }: { opened?: boolean; outage?: Outage } = {},
): CloseDecision {
  return decideClose({ close: closeOf(code, opened), outage, rules: under, random: () => 1 - 2 ** -53 });
}

/** Returns the longest delay in seconds, late in an outage that this code began. */
function longestDelay(code: number, attempt: number, openSockets: number): number {
  const outage = { attempt, openSockets, cause: closeOf(code, true), notBefore: 0 };
  const decision = decide(1006, rules, { opened: false, outage });
  return decision.type === 'reconnect' ? Math.round(decision.delay) / 1_000 : NaN;
}

/** Describes how the window of a code widens: by refused dials, by sockets that opened and ended, or not at all. */
function wideningInWords(code: number, maxDelay: number): string {
  const attempt = 9;
  const afterRefusals = longestDelay(code, attempt, 1);
  const afterCrashLoop = longestDelay(code, attempt, attempt + 1);
  if (afterRefusals > maxDelay) return `widening to ${longestDelay(code, 1_000, 1) || afterRefusals} s`;
  return afterCrashLoop > maxDelay ? 'not widening while dials are refused' : 'never widening';
}

function ruleUnder(under: ReconnectRules, code: number): string {
  const decision = decide(code, under);
  if (decision.type === 'stop') return 'stop';
  if (decision.type === 'fail') return `fail: ${decision.kind}`;
  const rule = ruleFor(under, code);
  if (typeof rule === 'string') return rule;
  const delays = `${rule.minDelay / 1_000}–${rule.maxDelay / 1_000} s`;
  const next = decide(1006, under, { opened: false, outage: decision.outage });
  if (next.type === 'fail') return `reconnect once, ${delays}, then fail: ${next.kind}`;
  const limit = rule.maxAttempts < Infinity ? `, at most ${rule.maxAttempts} attempts` : '';
  return `reconnect, ${delays}, ${wideningInWords(code, rule.maxDelay / 1_000)}${limit}`;
}

/** Describes the rule of a code, derived from the actual decisions. */
function ruleInWords(code: number): string {
  const [plain, withFunction] = [ruleUnder(rules, code), ruleUnder(rulesWithFunction, code)];
  return plain === withFunction ? plain : `${plain}; with a URL or protocols function: ${withFunction}`;
}

const texts = ({ name, summary, whenYouSeeIt, howToFix, rule, source }: CloseCodeEntry): string[] => [
  name,
  summary,
  whenYouSeeIt,
  howToFix,
  rule,
  source,
];

describe('closeCodes', () => {
  it('contains every registered code once, in ascending order', () => {
    const protocol = Array.from({ length: 16 }, (_, index) => 1000 + index);
    expect(closeCodes.map(({ code }) => code)).toEqual([...protocol, 3000, 3003, 3008]);
  });

  it('contains every code that closeCodeName knows by name', () => {
    const ranges = ['Unassigned', 'Library or Framework', 'Private Use'];
    for (let code = 0; code <= 65_535; code += 1) {
      if (ranges.includes(closeCodeName(code))) continue;
      expect(closeCodes.map((entry) => entry.code)).toContain(code);
    }
  });

  it.each(closeCodes)('describes what the connection really does for $code $name', ({ code, rule }) => {
    expect(rule).toBe(ruleInWords(code));
  });

  it.each(closeCodes)('has a complete entry for $code $name, with the name from the core', (entry) => {
    expect(entry.name).toBe(closeCodeName(entry.code));
    for (const text of texts(entry)) expect(text.trim()).not.toBe('');
    for (const text of [entry.summary, entry.whenYouSeeIt, entry.howToFix]) expect(text).toMatch(/[^ ]\.$/);
  });

  it("has sentBy 'nobody' for every code that the standard forbids to send", () => {
    const unsent = closeCodes.filter(({ sentBy }) => sentBy === 'nobody').map(({ code }) => code);
    expect(unsent).toEqual([1004, 1005, 1006, 1015]);
  });

  it.each<[number, keyof CloseCodeEntry, string]>([
    [1000, 'whenYouSeeIt', 'If the close is unclean, or the socket never opened, it is treated as 1006.'],
    [1009, 'whenYouSeeIt', 'It can arrive as 1006'],
    [1012, 'whenYouSeeIt', 'WebKit reports it as an unclean 1006'],
    [1013, 'whenYouSeeIt', 'WebKit reports it as an unclean 1006'],
    [1014, 'whenYouSeeIt', 'WebKit reports it as an unclean 1006'],
    [1015, 'whenYouSeeIt', 'Firefox reports TLS failures as 1015'],
    [3000, 'howToFix', 'reconnects once before it fails'],
  ])('says for %i how browsers, servers and this library differ from the standard', (code, field, text) => {
    expect(describeCloseCode(code)[field]).toContain(text);
  });

  it.each([
    ['unclean', { opened: true, wasClean: false }],
    ['of a socket that never opened', { opened: false, wasClean: true }],
  ])('is right that a 1000 that is %s is treated as 1006', (_, details) => {
    const decisions = [1000, 1006].map((code) =>
      decideClose({ close: createCloseInfo({ ...details, code, at: 0 }), outage: NO_OUTAGE, rules }),
    );
    expect(decisions.map(({ type }) => type)).toEqual(['reconnect', 'reconnect']);
  });

  it('cannot be changed, because it is shared', () => {
    expect(Object.isFrozen(closeCodes)).toBe(true);
    expect(closeCodes.every((entry) => Object.isFrozen(entry))).toBe(true);
  });
});

describe('describeCloseCode', () => {
  it.each(closeCodes)('finds $code', (entry) => {
    expect(describeCloseCode(entry.code)).toBe(entry);
  });

  it.each([
    [0, /below 1000/],
    [999, /below 1000/],
    [1016, /protocol and its extensions/],
    [2999, /protocol and its extensions/],
    [3001, /library or framework/],
    [3999, /library or framework/],
    [4000, /your own application/],
    [4123, /your own application/],
    [4999, /your own application/],
    [5000, /outside every range/],
    [65_535, /outside every range/],
    [65_536, /not a close code/],
    [70_000, /not a close code/],
    [-1, /not a close code/],
    [1003.5, /not a close code/],
    [NaN, /not a close code/],
    [Infinity, /not a close code/],
    [-Infinity, /not a close code/],
  ])('describes %d by its range', (code, summary) => {
    const entry = describeCloseCode(code);
    expect(entry.code).toBe(code);
    expect(entry.name).toBe(closeCodeName(code));
    expect(entry.summary).toMatch(summary);
    expect(entry.rule).toBe(ruleInWords(code));
    for (const text of texts(entry)) expect(text.trim()).not.toBe('');
  });

  it('returns a description for every number that a Close frame can hold', () => {
    for (let code = 0; code <= 65_535; code += 1) {
      const { name, rule } = describeCloseCode(code);
      if (name !== closeCodeName(code) || rule !== ruleInWords(code)) {
        expect.fail(`${code} is described as ${name}, ${rule}`);
      }
    }
  });

  it.each([Symbol('code'), 'text', null, undefined, 1003n, {}])('returns a description for %s', (value) => {
    expect(describeCloseCode(value as number)).toEqual(describeCloseCode(NaN));
  });

  it('describes the code with which this library closes', () => {
    expect(describeCloseCode(4003).whenYouSeeIt).toContain('4003');
  });
});
