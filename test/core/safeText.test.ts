// @vitest-environment node
import { afterEach, describe, expect, it, vi } from 'vitest';
import { printable } from '../../src/core/platform/printable.js';
import { redactProtocol, redactText, redactUrl } from '../../src/core/safeText.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('redactUrl', () => {
  it.each([
    ['wss://example.com/quotes?token=s#s', 'wss://example.com/quotes'],
    ['wss://example.com', 'wss://example.com'],
    ['wss://user:s@example.com/quotes', 'wss://example.com/quotes'],
    ['wss://user:s@s@example.com/', 'wss://example.com/'],
    ['wss:user:s@example.com/', 'wss:example.com/'],
    ['wss:\\\\user:s@example.com/', 'wss:\\\\example.com/'],
    ['wss://example.com/@team/quotes', 'wss://example.com/@team/quotes'],
    // Not a valid URL: a possible password ends at the last @.
    ['wss://user:s/s@example.com/', 'wss://example.com/'],
    ['//user:s@example.com/', '//example.com/'],
    ['/@team/quotes', '/@team/quotes'],
    ['', ''],
    // The URL parser skips these characters.
    [' wss://user:s@example.com/', 'wss://example.com/'],
    ['\nwss://user:s@example.com/', 'wss://example.com/'],
    ['w\tss://user:s@example.com/', 'wss://example.com/'],
    ['///user:s@example.com/', '///example.com/'],
    ['wss://user:s?s@example.com/', 'wss://example.com/'],
    ['wss://user:s#s@example.com/', 'wss://example.com/'],
    // No credentials.
    ['wss://[::1]:8443/rooms/@team', 'wss://[::1]:8443/rooms/@team'],
    ['wss://example.com:/@team', 'wss://example.com:/@team'],
    ['wss://example.com:8443/a:b/@team', 'wss://example.com:8443/a:b/@team'],
  ])('removes the query and the credentials: %s', (given, shown) => {
    expect(redactUrl(given)).toBe(shown);
  });
});

describe('redactText', () => {
  it.each([
    ['wss://example.com/quotes', 'wss://example.com/quotes'],
    ['wss://example.com/quotes?token=s', 'wss://example.com/quotes'],
    ['wss://example.com?token=s', 'wss://example.com'],
    ['wss://example.com:8443/a/b?token=s#s', 'wss://example.com:8443/a/b'],
    ['wss://user:s@example.com/', 'wss://example.com/'],
    ['wss://s@example.com/', 'wss://example.com/'],
    ['wss://user:s@s@example.com/', 'wss://example.com/'],
    ['/quotes?token=s', '/quotes'],
    [
      'see wss://u:s@a.example/x?k=s and https://b.example/?k=s',
      'see wss://a.example/x and https://b.example/',
    ],
    ["The URL 'wss://a.example/?k=s' is invalid.", "The URL 'wss://a.example/' is invalid."],
    ['see (https://u:s@a.example/x)', 'see (https://a.example/x)'],
    ['url=wss://u:s@a.example/x', 'url=wss://a.example/x'],
    ['wss://a.example/x,wss://u:s@b.example/x', 'wss://a.example/x,wss://b.example/x'],
    ['a.example?token=s', 'a.example'],
  ])('removes queries and credentials from a text: %s', (given, shown) => {
    expect(redactText(given)).toBe(shown);
  });

  it.each(['', 'rate limit', 'Who are you? Sign in.', 'mail a@b.example', '50% / 2 = 25%', 'text only'])(
    'leaves %j as it is',
    (text) => {
      expect(redactText(text)).toBe(text);
    },
  );
});

describe('redaction of a token', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0';

  it.each([
    ['token=abc', 'token=…'],
    ['the key password=hunter2 is wrong', 'the key password=… is wrong'],
    ['user:secret@example.com', 'example.com'],
    [`expired: ${jwt}`, 'expired: eyJhbGci…'],
  ])('leaves the beginning of what may be a secret in a text: %s', (given, shown) => {
    expect(redactText(given)).toBe(shown);
  });

  it.each([
    ['graphql-transport-ws', 'graphql-transport-ws'],
    ['a'.repeat(24), 'a'.repeat(24)],
    ['a'.repeat(25), `${'a'.repeat(8)}…`],
    [jwt, 'eyJhbGci…'],
  ])('cuts a subprotocol of more than 24 characters: %s', (given, shown) => {
    expect(redactProtocol(given)).toBe(shown);
  });
});

describe('control and bidirectional characters', () => {
  it.each([
    ['a line break', 'a\nb', 'a\\u000ab'],
    ['an escape sequence of a terminal', '\u001b[31mred', '\\u001b[31mred'],
    ['a character of the second control range', 'a\u0085b', 'a\\u0085b'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['a right-to-left override', 'a\u202eb', 'a\\u202eb'],
    ['an isolate', 'a\u2066b', 'a\\u2066b'],
    ['an Arabic letter mark', 'a\u061cb', 'a\\u061cb'],
  ])('are escaped in every text that is shown: %s', (_, given, shown) => {
    expect(redactText(given)).toBe(shown);
    expect(redactProtocol(given)).toBe(shown);
    expect(printable(given)).toBe(shown);
  });

  it('are escaped in a URL, except where the URL parser skips them', () => {
    expect(redactUrl('wss://example.com/a\u202eb')).toBe('wss://example.com/a\\u202eb');
    expect(redactUrl('wss://example.com/a\nb')).toBe('wss://example.com/ab');
  });

  it('do not include letters of any language and emoji', () => {
    const text = 'Ü ß 漢字 עברית 😀';
    expect(redactText(text)).toBe(text);
  });
});

describe('a long text', () => {
  const LONG_TEXTS = ['?', 'a', ':', '@', '=', 'a ', 'a:b@', 'wss:', 'wss://', 'wss://a:b@c?d=e ', '\u202e'];

  /** Counts the characters that are handed to patterns while a function runs. */
  function charactersSearched(run: () => void): number {
    let count = 0;
    let depth = 0;
    const methods = ['exec', 'test', Symbol.replace, Symbol.search, Symbol.split] as const;
    const originals = methods.map((name) => Object.getOwnPropertyDescriptor(RegExp.prototype, name)!);
    methods.forEach((name, index) => {
      const method = originals[index]!.value as (...args: unknown[]) => unknown;
      Object.defineProperty(RegExp.prototype, name, {
        ...originals[index],
        value(this: RegExp, ...args: unknown[]) {
          // A pattern that calls another method of its own counts once.
          if (depth === 0) count += String(args[0]).length;
          depth += 1;
          try {
            return method.apply(this, args);
          } finally {
            depth -= 1;
          }
        },
      });
    });
    try {
      run();
    } finally {
      methods.forEach((name, index) => Object.defineProperty(RegExp.prototype, name, originals[index]!));
    }
    return count;
  }

  const searched = (text: string): number => charactersSearched(() => redactText(text));
  const ofLength = (unit: string, length: number): string =>
    unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

  it.each(LONG_TEXTS)('is searched in proportion to its length: %j, repeated', (unit) => {
    expect(searched(ofLength(unit, 100))).toBeGreaterThanOrEqual(100);
    for (const length of [100, 300, 1_000])
      expect(searched(ofLength(unit, length)), `${length} characters`).toBeLessThanOrEqual(12 * length);
  });

  it.each(LONG_TEXTS)('is not searched beyond 1,000 characters: %j, repeated', (unit) => {
    expect(searched(ofLength(unit, 20_000))).toBeLessThanOrEqual(12 * 1_000);
  });

  it('is cut after 1,000 characters, and the rest is counted', () => {
    const words = ofLength('word ', 5_000);
    expect(redactText(ofLength('word ', 1_000))).toBe(ofLength('word ', 1_000));
    const shown = redactText(words);
    expect(shown).toMatch(/… \(4000 more characters\)$/);
    expect(shown.length).toBeLessThanOrEqual(1_000 + '… (4000 more characters)'.length);
    expect(words.startsWith(shown.split('…')[0]!.trimEnd())).toBe(true);
  });

  it('does not show a word that the cut has shortened, because it may have been a URL with a password', () => {
    const text = `${ofLength('word ', 980)}wss://user:password@example.com/quotes`;
    expect(redactText(text)).not.toContain('user');
    expect(redactText(text)).not.toContain('pass');
  });

  it('is at most six times as long when every character is escaped', () => {
    expect(redactText('\u202e'.repeat(1_000))).toBe('\\u202e'.repeat(1_000));
    expect(redactText(' \u202e'.repeat(50_000)).length).toBeLessThanOrEqual(6_000 + 40);
  });

  it('is cut in any value that an error message shows', () => {
    expect(printable('a'.repeat(1_000))).toBe('a'.repeat(1_000));
    expect(printable('a'.repeat(1_500))).toBe(`${'a'.repeat(1_000)}… (500 more characters)`);
  });
});

describe('printable', () => {
  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [-0.5, '-0.5'],
    [10n, '10'],
    [Symbol('a'), 'Symbol(a)'],
    [Object.create(null), 'Object'],
    [
      {
        toString() {
          throw new Error('This object has no text.');
        },
      },
      'Object',
    ],
  ])('returns a text for any value and never throws', (value, text) => {
    expect(printable(value)).toBe(text);
  });
});
