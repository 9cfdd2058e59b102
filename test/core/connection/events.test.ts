// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { createConnection, text } from '../../../src/core/index.js';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  releaseLater,
  START,
  URL_A,
} from '../../support/connectionHarness.js';
import { createFakeServer } from '../../support/fakeSocket.js';

leaveNothingBehind();

const SECRET = 'wss://user:hunter2@example.com/quotes?token=hunter2#hunter2';

describe('onEvent', () => {
  it('reports every event in the life of a connection with its time', () => {
    const harness = connect({ contract: text(), reconnect: { codes: { 4000: 'fail' } } });
    harness.connection.send('queued');
    harness.socket.accept('v1');
    harness.socket.message('hello', new ArrayBuffer(2));
    harness.socket.serverClose(1012);
    harness.connection.send('too late');
    passDelay(harness);
    harness.socket.refuse();
    passDelay(harness);
    harness.socket.accept().beginServerClose();
    harness.connection.send('never');
    harness.socket.serverClose(4000);
    expect(harness.events.map(({ type }) => type)).toEqual([
      ...['dial', 'queued', 'open', 'sent', 'message', 'violation', 'close', 'retry', 'queued'],
      ...['dial', 'close', 'retry', 'dial', 'open', 'sent', 'queued', 'close', 'fail', 'dropped'],
    ]);
    const [cause, refusal, end] = harness.closes;
    expect(harness.events).toEqual([
      { at: START, type: 'dial', attempt: 0, url: URL_A },
      expect.objectContaining({ type: 'queued', message: 'queued', size: 6 }),
      { at: START, type: 'open', attempt: 0, reopened: false, url: URL_A, protocol: 'v1' },
      expect.objectContaining({ type: 'sent', message: 'queued', kind: 'text', size: 6 }),
      expect.objectContaining({ type: 'message', message: 'hello', kind: 'text', size: 5 }),
      { at: START, type: 'violation', error: harness.errors[0] },
      { at: START, type: 'close', close: cause },
      { at: START, type: 'retry', attempt: 1, retryAt: START + 3_000, cause, suspect: null },
      expect.objectContaining({ type: 'queued', message: 'too late' }),
      { at: START + 3_000, type: 'dial', attempt: 1, url: URL_A },
      { at: START + 3_000, type: 'close', close: refusal },
      { at: START + 3_000, type: 'retry', attempt: 2, retryAt: START + 7_500, cause, suspect: null },
      { at: START + 7_500, type: 'dial', attempt: 2, url: URL_A },
      expect.objectContaining({ type: 'open', attempt: 2, reopened: true }),
      expect.objectContaining({ type: 'sent', message: 'too late' }),
      expect.objectContaining({ type: 'queued', message: 'never' }),
      { at: START + 7_500, type: 'close', close: end },
      { at: START + 7_500, type: 'fail', error: harness.state.error },
      { at: START + 7_500, type: 'dropped', message: 'never', reason: 'failed' },
    ]);
  });

  it('reports URLs without query and credentials', () => {
    const harness = connectOpen({ url: SECRET.replace(/#.*/, '') });
    expect(harness.events.map((event) => ('url' in event ? event.url : ''))).toEqual([
      'wss://example.com/quotes',
      'wss://example.com/quotes',
    ]);
    expect(harness.opens[0]?.url).toBe('wss://example.com/quotes');
  });

  it.each([
    'wss://example.com/quotes?name=Anna Smith&token=hunter2',
    "wss://example.com/quotes?name=O'Neil&token=hunter2",
    'wss://example.com/quotes?filter={"a":"hunter2"}',
    'wss://example.com/quotes?a=1?token=hunter2',
    'wss://example.com/quotes?hunter2',
    'wss://user:hunter2@example.com/quotes',
    'wss://hunter2@example.com/quotes',
    'wss://user:pass@hunter2@example.com/quotes',
  ])('removes the secret from %s, although the URL is not normalized', (url) => {
    const harness = connectOpen({ url });
    expect(harness.events.map((event) => ('url' in event ? event.url : ''))).toEqual([
      'wss://example.com/quotes',
      'wss://example.com/quotes',
    ]);
  });

  it('measures a message only for a listener that asks for its size', () => {
    const server = createFakeServer();
    const connection = createConnection(URL_A, { WebSocket: server.WebSocket });
    releaseLater(connection.retain());
    const size = vi.fn(() => 1);
    const blob = Object.defineProperty(new Blob(['x']), 'size', { get: size });
    server.socket.accept().message(blob);
    expect(size).not.toHaveBeenCalled();
    const ignore = connection.onEvent(() => {});
    server.socket.message(blob);
    expect(size).not.toHaveBeenCalled();
    const sizes: unknown[] = [];
    const stop = connection.onEvent((event) => sizes.push('size' in event && event.size));
    server.socket.message(blob);
    expect(sizes).toEqual([1]);
    ignore();
    stop();
    connection.close();
  });

  it('creates no socket when a listener closes the connection during the dial event', () => {
    const server = createFakeServer();
    const harness = connect({ server, unused: true, heartbeat: { message: 'ping', interval: 1_000 } });
    harness.connection.onEvent(({ type }) => {
      if (type === 'dial') harness.connection.close();
    });
    releaseLater(harness.connection.retain());
    expect(server.sockets).toEqual([]);
    expect(harness.state.status).toBe('closed');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops when the returned function is called', () => {
    const { connection, socket } = connectOpen();
    const tap = vi.fn();
    connection.onEvent(tap)();
    socket.message('a');
    expect(tap).not.toHaveBeenCalled();
  });

  it('reports a retry only if it is still scheduled', () => {
    const harness = connectOpen({
      onClose: () => {
        harness.connection.close();
      },
    });
    harness.socket.serverClose(1012);
    expect(harness.events.some(({ type }) => type === 'retry')).toBe(false);
  });

  it('reports the code with which a replaced socket was closed', () => {
    const harness = connectOpen();
    harness.socket.drop();
    harness.connection.reconnect();
    expect(harness.events.map(({ type }) => type)).toEqual(['dial', 'open', 'close', 'retry', 'dial']);
  });
});
