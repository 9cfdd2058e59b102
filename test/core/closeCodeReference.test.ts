import { describe, expect, it } from 'vitest';

import { type CloseCodeEntry, closeCodes, describeCloseCode } from '../../src/closeCodes/index.js';
import { closeCodeName, createCloseInfo } from '../../src/core/closeCodes.js';
import { CALM, closePolicy, type Decision, type Episode } from '../../src/core/closePolicy.js';
import { resolveReconnect } from '../../src/core/reconnectRules.js';

const rules = resolveReconnect();

/** Decides about a close of an open socket with this code, and about a dial that is refused after it. */
function decide(code: number, episode: Episode = CALM): Decision {
  return closePolicy(createCloseInfo({ code, opened: episode === CALM }), episode, rules, 0.5);
}

/** Describes the rule of a code, derived from the actual decisions of the policy. */
function ruleInWords(code: number): string {
  const decision = decide(code);
  if (decision.type === 'stop') return 'stop';
  if (decision.type === 'fail') return `fail: ${decision.kind}`;
  const rule = rules.ruleOf(code);
  if (typeof rule === 'string') return rule;
  const delays = `${rule.minDelay / 1_000}–${rule.maxDelay / 1_000} s`;
  const next = decide(1006, decision.episode);
  if (next.type === 'fail') return `reconnect once, ${delays}, then fail: ${next.kind}`;
  const widening = rule.widenTo > rule.maxDelay ? `widening to ${rule.widenTo / 1_000} s` : 'never widening';
  const limit = rule.maxAttempts < Infinity ? `, at most ${rule.maxAttempts} attempts` : '';
  return `reconnect, ${delays}, ${widening}${limit}`;
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
