// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createCloseInfo } from '../../src/core/closeCodes.js';
import { closeError, redact, redactUrl, WebSocketError } from '../../src/core/errors.js';

describe('closeError', () => {
  const close = (opened: boolean) => createCloseInfo({ code: 1006, opened, at: 0 });

  it.each([
    [true, 3, 'Gave up after 3 attempts. The server closed with 1006 Abnormal Closure.'],
    [false, 1, 'Gave up after 1 attempt. The dial failed with 1006 Abnormal Closure.'],
  ])('says which side ended the connection (opened: %s)', (opened, attempts, message) => {
    expect(closeError('exhausted', close(opened), null, attempts).message).toBe(message);
  });
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

describe('redact', () => {
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
    expect(redact(given)).toBe(shown);
  });

  it.each(['', 'rate limit', 'Who are you? Sign in.', 'mail a@b.example', '50% / 2 = 25%', 'text only'])(
    'leaves %j as it is',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );
});

describe('redaction of a long text', () => {
  it.each(['?'.repeat(2_000), 'a'.repeat(20_000), `wss:${':'.repeat(20_000)}`])(
    'takes time proportional to its length: %.5s…',
    (text) => {
      /** Returns the shortest of several times, so that a disturbance of one run does not count. */
      const time = (given: string): number =>
        Math.min(
          ...Array.from({ length: 9 }, () => {
            const start = performance.now();
            for (let i = 0; i < 10; i += 1) redact(given);
            return performance.now() - start;
          }),
        );
      // A text of twice the length takes two to four times as long; a backtracking pattern takes eight times.
      expect(time(text + text)).toBeLessThan(6 * time(text) + 5);
    },
  );
});

describe('WebSocketError', () => {
  it('has every field, with null for unknown values', () => {
    const error = new WebSocketError('It ended.', { kind: 'policy', hint: 'Sign in.' });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'WebSocketError',
      message: 'It ended.',
      kind: 'policy',
      hint: 'Sign in.',
    });
    expect(error).toMatchObject({
      code: null,
      close: null,
      lastSent: null,
      direction: null,
      cause: undefined,
    });
  });
});
