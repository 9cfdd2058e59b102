// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { createConnection, type ConnectionOptions, WebSocketError } from '../../../src/core/index.js';
import {
  type ConnectionHarness,
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  present,
  settle,
  START,
  URL_A,
} from '../../support/connectionHarness.js';
import { createFakeServer } from '../../support/fakeSocket.js';

leaveNothingBehind();

it('treats null as a missing option, for callers without type checking', () => {
  const nothing = { onViolation: null, binaryType: null, pageAware: null, random: null, topics: null };
  const none = { protocols: null, sendQueue: null, heartbeat: null, contract: null, reconnect: null };
  const harness = connect({ ...nothing, ...none } as unknown as ConnectionOptions);
  expect(harness.connection.send('x')).toBe('queued');
  expect(harness.socket).toMatchObject({ protocols: [], binaryType: 'arraybuffer' });
  harness.socket.accept();
  harness.socket.message('y');
  expect(harness.messages).toEqual(['y']);
  harness.socket.serverClose(1012);
  expect(present(harness.state.retryAt) - START).toBeGreaterThanOrEqual(1_000);
  expect(present(harness.state.retryAt) - START).toBeLessThanOrEqual(5_000);

  vi.stubGlobal('WebSocket', createFakeServer().WebSocket);
  const other = connect({ WebSocket: null } as unknown as ConnectionOptions);
  expect(other.state.status).toBe('connecting');
});

describe('createConnection with an option of the wrong type or an unknown value', () => {
  it.each<[string, unknown, string]>([
    ['onViolation', 'Fail', "onViolation must be 'report' or 'fail', not Fail"],
    ['binaryType', 'buffer', "binaryType must be 'arraybuffer' or 'blob', not buffer"],
    ['reconnect', 0, 'reconnect must be an object, a function or false, not 0'],
    ['reconnect', true, 'reconnect must be an object, a function or false, not true'],
    ['reconnect.decide', { decide: 5 }, 'reconnect.decide must be a function, not 5'],
    [
      'reconnect.codes',
      { codes: { 1012: 'retry' } },
      "reconnect.codes[1012] must be 'stop', 'fail' or an object, not retry",
    ],
    [
      'reconnect.codes',
      { codes: { 1012: { minDelai: 5 } } },
      'reconnect.codes[1012].minDelai is not an option of a rule',
    ],
    ['reconnect.codes', { codes: { restart: {} } }, 'reconnect.codes[restart]: the key must be a close code'],
    ['sendQueue', 0, 'sendQueue must be an object or false, not 0'],
    ['heartbeat', true, 'heartbeat must be an object or false, not true'],
    ['heartbeat.isReply', { isReply: 'pong' }, 'heartbeat.isReply must be a function, not pong'],
    ['topics', { of: 'symbol' }, 'topics must be an object with the function of, not [object Object]'],
    [
      'contract',
      'json',
      'contract must be an object with the functions encode and decode (or decodeAll), not json',
    ],
    ['protocols', 7, 'protocols must be a string, an array of strings or a function, not 7'],
    ['WebSocket', {}, 'WebSocket must be a function, not [object Object]'],
    ['random', 0.5, 'random must be a function, not 0.5'],
    ['ready', true, 'ready must be a function, not true'],
    ['linger', Object.create(null), 'linger must be a number from 0 to Infinity, not Object'],
    ['maxMessageSize', Symbol('big'), 'maxMessageSize must be a number from 0 to Infinity, not Symbol(big)'],
  ])('throws an error that names the option and the value: %s', (option, value, message) => {
    const name = option.split('.')[0]!;
    expect(() => createConnection(URL_A, { [name]: value })).toThrow(message);
  });
});

describe('createConnection with an invalid option', () => {
  it.each<[string, ConnectionOptions, RegExp]>([
    ['reconnect.maxDelay', { reconnect: { maxDelay: 500 } }, /maxDelay.*500/],
    ['reconnect.stableAfter', { reconnect: { stableAfter: -1 } }, /stableAfter.*-1/],
    ['reconnect.maxAttempts', { reconnect: { maxAttempts: -1 } }, /maxAttempts.*-1/],
    ['connectTimeout 0', { connectTimeout: 0 }, /connectTimeout.*0/],
    ['connectTimeout -Infinity', { connectTimeout: -Infinity }, /connectTimeout.*-Infinity/],
    ['connectTimeout NaN', { connectTimeout: NaN }, /connectTimeout.*NaN/],
    ['linger', { linger: -1 }, /linger.*-1/],
    ['linger NaN', { linger: NaN }, /linger.*NaN/],
    ['maxMessageSize', { maxMessageSize: -1 }, /maxMessageSize.*-1/],
    ['maxMessageSize NaN', { maxMessageSize: NaN }, /maxMessageSize.*NaN/],
    ['sendQueue.maxMessages', { sendQueue: { maxMessages: -1 } }, /maxMessages.*-1/],
    ['sendQueue.maxBytes', { sendQueue: { maxBytes: NaN } }, /maxBytes.*NaN/],
    ['sendQueue.maxAge', { sendQueue: { maxAge: -30 } }, /maxAge.*-30/],
    ['heartbeat.interval', { heartbeat: { message: 'x', interval: 0 } }, /interval.*0/],
    [
      'heartbeat.interval Infinity',
      { heartbeat: { message: 'x', interval: Infinity } },
      /interval.*Infinity/,
    ],
    [
      'heartbeat.timeout Infinity',
      { heartbeat: { message: 'x', timeout: Infinity } },
      /heartbeat.timeout.*Infinity/,
    ],
    ['heartbeat.timeout', { heartbeat: { message: 'x', timeout: -1 } }, /timeout.*-1/],
    [
      'a string in place of a number',
      { connectTimeout: '5000' as unknown as number },
      /connectTimeout.*5000/,
    ],
  ])('throws a RangeError that names the option and its value: %s', (_, options, message) => {
    const create = () => createConnection(URL_A, options);
    expect(create).toThrow(RangeError);
    expect(create).toThrow(message);
  });

  it('treats undefined as a missing option', () => {
    const { connection } = connect({
      ...{ reconnect: undefined, contract: undefined, sendQueue: undefined, heartbeat: undefined },
      ...{ connectTimeout: undefined, linger: undefined, maxMessageSize: undefined, protocols: undefined },
      ...{ binaryType: undefined, pageAware: undefined, topics: undefined, onViolation: undefined },
    });
    expect(connection.getState().status).toBe('connecting');
  });
});

describe('a duration of Infinity', () => {
  it.each<[string, ConnectionOptions, (harness: ConnectionHarness) => void]>([
    ['connectTimeout', { connectTimeout: Infinity }, () => undefined],
    [
      'linger',
      { linger: Infinity },
      ({ socket, release }) => {
        socket.accept();
        release();
      },
    ],
    [
      'sendQueue.maxAge',
      { sendQueue: { maxAge: Infinity }, connectTimeout: Infinity },
      ({ connection }) => void connection.send('x'),
    ],
  ])('never ends and starts no timer: %s', (_, options, begin) => {
    // Without pageAware there is no timer that notices a sleep.
    const harness = connect({ ...options, pageAware: false });
    begin(harness);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(2 ** 32);
    expect(harness.server.dials).toBe(1);
    expect(harness.closes).toEqual([]);
    expect(harness.drops).toEqual([]);
    harness.connection.close();
    harness.release();
  });

  it('never resets the attempts: reconnect.stableAfter', () => {
    const harness = connectOpen({ reconnect: { stableAfter: Infinity } });
    for (const attempt of [1, 2, 3]) {
      harness.socket.serverClose(1012);
      expect(harness.state.attempt).toBe(attempt);
      passDelay(harness);
      harness.socket.accept();
      vi.advanceTimersByTime(3_600_000);
    }
  });
});

describe('a setup error', () => {
  it.each<[string, ConnectionOptions, string]>([
    ['an invalid URL', {}, 'wss://'],
    ['an unsupported scheme', {}, 'ftp://example.com/'],
    ['a fragment', {}, 'wss://example.com/#x'],
    ['a subprotocol with a space', { protocols: 'a b' }, URL_A],
    ['the same subprotocol twice', { protocols: ['a', 'a'] }, URL_A],
    ['an empty URL', {}, ''],
    ['null as the URL, for callers without type checking', {}, null as unknown as string],
  ])('fails the connection when the socket cannot be created: %s', (_, options, url) => {
    const harness = connect({ ...options, url });
    const error = present(harness.state.error);
    expect(harness.state).toMatchObject({ status: 'failed', attempt: 0, lastClose: null, waitingFor: null });
    expect(error).toBeInstanceOf(WebSocketError);
    expect(error).toMatchObject({ kind: 'setup', code: null, close: null, lastSent: null, direction: null });
    expect(error.cause).toHaveProperty('message');
    expect(error.hint).not.toBe('');
    expect(harness.errors).toEqual([error]);
    expect(harness.closes).toEqual([]);
    vi.advanceTimersByTime(3_600_000);
    expect(harness.server.sockets).toEqual([]);
    expect(harness.server.dials).toBeLessThanOrEqual(1);
  });

  it('names the subprotocols that the browser rejected', () => {
    const harness = connect({ protocols: ['bad one'] });
    expect(harness.state.error?.message).toContain('bad one');
  });

  it('keeps the SecurityError of a ws: URL on an https page as its cause', () => {
    const security = new DOMException(
      'An insecure WebSocket connection may not be initiated.',
      'SecurityError',
    );
    const harness = connect({
      server: createFakeServer({ throws: security }),
      url: 'ws://example.com/?token=secret',
    });
    expect(harness.state.error).toMatchObject({ kind: 'setup', cause: security });
    expect(harness.state.error!.message).toContain('insecure');
    expect(harness.state.error!.message).not.toContain('secret');
  });

  it('hides the query and the credentials that the browser quotes from the URL', () => {
    const said = new DOMException(
      "Failed to construct 'WebSocket': The URL 'wss://u:secret@host?token=secret' is invalid.",
      'SyntaxError',
    );
    const harness = connect({ server: createFakeServer({ throws: said }) });
    expect(harness.state.error!.message).not.toContain('secret');
  });

  it('can also happen at a later dial, and then reports the attempts so far', () => {
    let dials = 0;
    const harness = connect({ url: () => ((dials += 1) < 3 ? URL_A : 'nonsense://') });
    harness.socket.refuse();
    vi.advanceTimersByTime(5_000);
    harness.socket.refuse();
    vi.advanceTimersByTime(5_000);
    expect(harness.state).toMatchObject({ status: 'failed', attempt: 2, error: { kind: 'setup' } });
  });

  it('drops the queued messages, and reconnect() dials again in a later task', () => {
    const server = createFakeServer({ throws: new SyntaxError('no') });
    const harness = connect({ server, unused: true });
    harness.connection.send('a');
    const release = harness.connection.retain();
    expect(harness.drops).toEqual([{ message: 'a', reason: 'failed' }]);
    server.become({});
    harness.connection.reconnect();
    expect(harness.server.dials).toBe(1);
    vi.advanceTimersByTime(0);
    expect(harness.state.status).toBe('connecting');
    release();
    vi.advanceTimersByTime(0);
  });

  it('dials at once for a reconnect() of a later task', async () => {
    const server = createFakeServer({ throws: new SyntaxError('no') });
    const harness = connect({ server });
    await settle();
    server.become({});
    harness.connection.reconnect();
    expect(harness.state.status).toBe('connecting');
  });

  it('is reported on a platform without WebSocket', () => {
    vi.stubGlobal('WebSocket', undefined);
    const connection = createConnection(URL_A);
    const release = connection.retain();
    expect(connection.getState()).toMatchObject({ status: 'failed', error: { kind: 'setup' } });
    expect(connection.getState().error!.message).toContain('WebSocket');
    release();
    vi.advanceTimersByTime(0);
  });
});

describe('WebSocketError', () => {
  it('is an Error with a name, a message and a stack', () => {
    const { connection, socket } = connectOpen();
    socket.serverClose(1008, 'rate limit');
    const error = present(connection.getState().error);
    expect(String(error)).toMatch(/^WebSocketError: .*1008.*rate limit/);
    expect(error.stack).toContain('WebSocketError');
    expect(error).toMatchObject({
      kind: 'policy',
      code: 1008,
      direction: null,
      lastSent: null,
      cause: undefined,
    });
  });
});
