import { describe, expect, it } from 'vitest';

import { closeCodes, compareCloseCodes, describeCloseCode } from '../../src/closeCodes/index.js';

const codes = [...closeCodes.map(({ code }) => code), 0, 999, 1016, 3001, 4001, 5000, 70_000, -1, NaN];

describe('compareCloseCodes', () => {
  it('returns the entries of both codes in the order in which they were given', () => {
    expect(compareCloseCodes(1003, 1012).entries).toEqual([describeCloseCode(1003), describeCloseCode(1012)]);
    expect(compareCloseCodes(1012, 1003).entries).toEqual([describeCloseCode(1012), describeCloseCode(1003)]);
  });

  it('answers every question with the texts of both entries', () => {
    const [a, b] = [describeCloseCode(1003), describeCloseCode(1012)];
    const { aspects } = compareCloseCodes(1003, 1012);
    expect(aspects.map(({ field }) => field)).toEqual([
      'summary',
      'whenYouSeeIt',
      'howToFix',
      'rule',
      'sentBy',
      'source',
    ]);
    for (const { field, texts, isSame } of aspects) {
      expect(isSame).toBe(a[field] === b[field]);
      if (field !== 'sentBy') expect(texts).toEqual([a[field], b[field]]);
    }
  });

  it('says in words which side sends a code', () => {
    const sentBy = compareCloseCodes(1006, 1012).aspects.find(({ field }) => field === 'sentBy');
    expect(sentBy?.texts).toEqual(['neither side, as it never travels in a close frame', 'the server only']);
  });

  it('begins the key differences of 1003 and 1012 with what the connection does', () => {
    const { keyDifferences } = compareCloseCodes(1003, 1012);
    expect(keyDifferences[0]).toBe(
      '1003 ends the connection with an error (state failed) until reconnect() is called. 1012 reconnects automatically.',
    );
    expect(keyDifferences[1]).toBe('1003 is sent by client or server. 1012 is sent by the server only.');
    expect(keyDifferences).toHaveLength(4);
  });

  it('names both rules where the outcome is the same and the rules differ', () => {
    const [first] = compareCloseCodes(1012, 1013).keyDifferences;
    expect(first).toContain('reconnects automatically');
    expect(first).toContain(`1012: ${describeCloseCode(1012).rule}.`);
    expect(first).toContain(`1013: ${describeCloseCode(1013).rule}.`);
  });

  it.each([
    [1000, 1003, 'A page can close a WebSocket with 1000, but not with 1003.'],
    [1012, 4000, 'A page can close a WebSocket with 4000, but not with 1012.'],
    [5000, 3000, 'A page can close a WebSocket with 3000, but not with 5000.'],
  ])('says which of %d and %d a page can send', (a, b, difference) => {
    expect(compareCloseCodes(a, b).keyDifferences).toContain(difference);
  });

  it('has no key difference between a code and itself, or between two codes without a meaning of their own', () => {
    for (const code of codes) expect(compareCloseCodes(code, code).keyDifferences).toEqual([]);
    expect(compareCloseCodes(4001, 4002).keyDifferences).toEqual([]);
  });

  it('compares any two numbers, with a complete text for every question', () => {
    for (const a of codes) {
      for (const b of codes) {
        const { aspects, keyDifferences } = compareCloseCodes(a, b);
        for (const text of [...aspects.flatMap(({ texts }) => texts), ...keyDifferences]) {
          expect(text.trim()).not.toBe('');
          expect(text).not.toContain('undefined');
        }
        const differing = aspects.filter(({ isSame, field }) => !isSame && field !== 'whenYouSeeIt');
        if (differing.some(({ field }) => field !== 'howToFix')) expect(keyDifferences).not.toEqual([]);
      }
    }
  });

  it('returns frozen data', () => {
    const comparison = compareCloseCodes(1003, 1012);
    expect(Object.isFrozen(comparison)).toBe(true);
    for (const value of Object.values(comparison)) expect(Object.isFrozen(value)).toBe(true);
    for (const { texts } of comparison.aspects) expect(Object.isFrozen(texts)).toBe(true);
  });
});
