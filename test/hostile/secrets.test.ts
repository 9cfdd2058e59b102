import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type ConnectionOptions, type UrlSource, WebSocketError } from '../../src/core/index.js';
import { redactProtocol, redactText, redactUrl } from '../../src/core/safeText.js';
import { connect, leaveNothingBehind, settle } from '../support/connectionHarness.js';

leaveNothingBehind();

const SECRET = 'S3CR3T';
const LONG_SECRET = 'S3CR3T0123456789abcdefghijklmnopqrstuvwxyz';

/** Where a secret may stand in what an application passes. */
const places: readonly (readonly [string, string, readonly string[] | string | undefined])[] = [
  ['the password', `wss://user:${SECRET}@example.com/quotes`, undefined],
  ['the user name', `wss://${SECRET}@example.com/quotes`, undefined],
  ['the query', `wss://example.com/quotes?token=${SECRET}`, undefined],
  ['a query without a name', `wss://example.com/quotes?${SECRET}`, undefined],
  ['the fragment', `wss://example.com/quotes#access_token=${SECRET}`, undefined],
  ['the query and the fragment', `wss://example.com/?a=${SECRET}#b=${SECRET}`, undefined],
  ['a URL with another scheme', `ftp://user:${SECRET}@example.com/?token=${SECRET}`, undefined],
  ['a URL with an invalid port', `wss://user:${SECRET}@example.com:port/?token=${SECRET}`, undefined],
  ['a password with a slash', `wss://user:pa/${SECRET}@example.com/`, undefined],
  ['a URL after a control character', `\u0001\u0000wss://user:${SECRET}@example.com/`, undefined],
  ['a URL with a line break in it', `w\nss://user:${SECRET}@exa\tmple.com/?${SECRET}`, undefined],
  ['a relative URL', `/quotes?token=${SECRET}`, undefined],
  ['a long subprotocol', 'wss://example.com/#', ['v1', `bearer.${LONG_SECRET}==`]],
  ['the only subprotocol', 'wss://example.com/#', `bearer ${LONG_SECRET}`],
  ['two long subprotocols', 'wss://example.com/', Array(2).fill(`eyJhbGci.${LONG_SECRET}`)],
  ['a subprotocol with a character that is not allowed', 'wss://example.com/', [`token=${LONG_SECRET}`]],
];

/** How classes and browsers say that they make no socket, all with what they were given. */
const sentences: readonly (readonly [string, (url: string, protocols: string) => unknown])[] = [
  [
    'Chromium',
    (url) => new DOMException(`Failed to construct 'WebSocket': The URL '${url}' is invalid.`, 'SyntaxError'),
  ],
  [
    'Chromium, of a fragment',
    (url) =>
      new DOMException(
        `Failed to construct 'WebSocket': The URL contains a fragment identifier ('${url.split('#')[1] ?? ''}'). Fragment identifiers are not allowed in WebSocket URLs.`,
        'SyntaxError',
      ),
  ],
  [
    'Chromium, of a subprotocol',
    (_, protocols) =>
      new DOMException(
        `Failed to construct 'WebSocket': The subprotocol '${protocols}' is invalid.`,
        'SyntaxError',
      ),
  ],
  [
    'Firefox',
    (url) =>
      new Error(`[Exception... "An invalid or illegal string was specified"  code: "12" location: "${url}"]`),
  ],
  ['Safari', (url) => new DOMException(`Invalid url for WebSocket ${url}`, 'SyntaxError')],
  ['Node', (url) => Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: url })],
  ['a nested error', (url) => new Error('Cannot connect', { cause: new Error(`Invalid URL: ${url}`) })],
  ['a class that throws a text', (url, protocols) => `Cannot connect to ${url} with ${protocols}`],
  ['a class that throws an object', (url) => ({ message: `Cannot connect to ${url}`, url })],
];

/** Every form in which an error is written to a log. */
function formsOf(error: WebSocketError): Record<string, string> {
  const { message, hint, cause } = error;
  return {
    message,
    hint,
    text: String(error),
    cause: String(cause),
    causeAsJson: JSON.stringify({ cause }),
    json: JSON.stringify(error),
    allProperties: JSON.stringify(
      Object.getOwnPropertyNames(error).map((name) => Reflect.get(error, name) as unknown),
    ),
    console: inspect(error, { depth: 10, showHidden: true }),
  };
}

describe.each(places)('a secret in %s', (_, url, protocols) => {
  const given = String(protocols ?? '');

  it.each(sentences)('is in no form of the error that %s makes of it', (_name, createThrown) => {
    const harness = connect({
      url,
      protocols,
      WebSocket: function makeSocket() {
        throw createThrown(url, given);
      } as never,
    });
    const { error } = harness.state;
    expect(error).toBeInstanceOf(WebSocketError);
    for (const [form, text] of Object.entries(formsOf(error!))) expect(text, form).not.toContain(SECRET);
  });

  it('is in no event, in no form of what onOpen is told, and in no failure of the connection', async () => {
    const plain: readonly ConnectionOptions[] = [{ protocols }, { protocols: () => protocols }];
    for (const options of plain) {
      for (const source of [url, () => Promise.resolve(url)] satisfies UrlSource[]) {
        const harness = connect({ ...options, url: source, reconnect: { maxAttempts: 0 } });
        await settle();
        if (harness.server.sockets.length > 0) harness.socket.refuse();
        expect(harness.state.status).toBe('failed');
        const { error } = harness.state;
        for (const [form, text] of Object.entries(formsOf(error!))) expect(text, form).not.toContain(SECRET);
        expect(JSON.stringify([harness.events, harness.opens])).not.toContain(SECRET);
      }
    }
  });
});

describe('a close reason', () => {
  it.each([
    `token=${SECRET}`,
    `see wss://user:${SECRET}@example.com/?k=${SECRET}`,
    `expired: eyJhbGciOiJIUzI1NiJ9.${LONG_SECRET}`,
    `user:${SECRET}@example.com is not welcome`,
    `\u0000wss://user:${SECRET}@example.com/`,
  ])('shows no secret in the message and hint: %j', (reason) => {
    const harness = connect();
    harness.socket.accept().serverClose(1008, reason);
    const { message, hint, close } = harness.state.error!;
    expect(message + hint).not.toContain(SECRET);
    expect(close?.reason, 'the raw reason is kept where the user asks for it').toBe(reason);
  });
});

/** All the parts of a table, one from each column. */
function combine(...columns: readonly (readonly string[])[]): string[] {
  return columns.reduce<string[]>(
    (texts, column) => texts.flatMap((text) => column.map((part) => text + part)),
    [''],
  );
}

const urls = combine(
  ['', ' ', '\u0000', '\u001f\t', '\n'],
  ['wss:', 'WSS:', 'ws:', 'https:', 'ftp:', 'w\tss:'],
  ['//', '\\\\', '/', '', '////'],
  [`user:${SECRET}@`, `${SECRET}@`, `user:a@${SECRET}@`, `user:%40${SECRET}@`, ':' + SECRET + '@'],
  ['example.com', '[::1]:8443', '127.0.0.1:port'],
  ['/', `/?${SECRET}`, `#${SECRET}`, `?a=b@c&t=${SECRET}#${SECRET}`],
);

describe('redaction', () => {
  it(`cuts every secret from ${urls.length} shapes of URL`, () => {
    expect(urls.map(redactUrl).filter((shown) => shown.includes(SECRET))).toEqual([]);
  });

  it('keeps the scheme and the host of every URL that has both', () => {
    for (const url of urls.filter((shape) => shape.startsWith('wss://') && shape.includes('example.com')))
      expect(redactUrl(url)).toMatch(/^wss:\/\/+example\.com/);
  });

  const texts = combine(
    ['', 'cannot reach ', "The URL '", '(', 'url='],
    ['wss://', 'https://'],
    [`user:${SECRET}@`, `${SECRET}@`],
    ['example.com', 'example.com:8443'],
    ['', '/', `?token=${SECRET}`, `/#${SECRET}`],
    ['', "'", ' failed', ')', ', giving up'],
  );

  it(`cuts every secret from ${texts.length} sentences with a URL in them`, () => {
    expect(texts.map(redactText).filter((shown) => shown.includes(SECRET))).toEqual([]);
  });

  it.each(['', 'bearer.', 'token-', 'base64url.bearer.authorization.k8s.io.'])(
    'shows at most the beginning of a subprotocol that may be a token: %j',
    (prefix) => {
      const protocol = prefix + LONG_SECRET;
      expect(redactProtocol(protocol)).not.toContain(LONG_SECRET);
      expect(redactProtocol(protocol)).toBe(`${protocol.slice(0, 8)}…`);
    },
  );
});
