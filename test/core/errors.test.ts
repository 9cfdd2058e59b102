// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { redact, WebSocketError } from '../../src/core/errors.js';

describe('redact', () => {
  it.each([
    ['wss://example.com/quotes', 'wss://example.com/quotes'],
    ['wss://example.com/quotes?token=s', 'wss://example.com/quotes'],
    ['wss://example.com?token=s', 'wss://example.com'],
    ['wss://example.com:8443/a/b?token=s#s', 'wss://example.com:8443/a/b'],
    ['wss://user:s@example.com/', 'wss://example.com/'],
    ['wss://s@example.com/', 'wss://example.com/'],
    ['/quotes?token=s', '/quotes'],
    [
      'see wss://u:s@a.example/x?k=s and https://b.example/?k=s',
      'see wss://a.example/x and https://b.example/',
    ],
    ["The URL 'wss://a.example/?k=s' is invalid.", "The URL 'wss://a.example/' is invalid."],
  ])('%s', (given, shown) => {
    expect(redact(given)).toBe(shown);
  });

  it.each(['', 'rate limit', 'Who are you? Sign in.', 'mail a@b.example', '50% / 2 = 25%', 'text only'])(
    'leaves %j as it is',
    (text) => {
      expect(redact(text)).toBe(text);
    },
  );
});

describe('WebSocketError', () => {
  it('has every field, null where nothing is known', () => {
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
