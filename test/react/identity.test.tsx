import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import {
  type DroppedMessage,
  useMessageReducer,
  useWebSocket,
  type WebSocketOptions,
  type WebSocketSource,
} from '../../src/index.js';
import {
  advance,
  AFTER_REFUSAL,
  FRAME,
  socket,
  sockets,
  socketsInUse,
  URL_A,
  URL_B,
  withFakes,
} from '../support/reactFakes.js';

withFakes();

interface Props {
  readonly source: WebSocketSource;
  readonly options?: WebSocketOptions | undefined;
}
const renderProps = (initialProps: Props) =>
  renderHook(({ source, options }) => useWebSocket(source, options), { initialProps });

describe('a change that creates another connection', () => {
  const changes: readonly (readonly [string, Props, Props])[] = [
    ['another URL', { source: URL_A }, { source: URL_B }],
    ['another URL object', { source: new URL(URL_A) }, { source: new URL(URL_B) }],
    ['another query', { source: `${URL_A}?room=1` }, { source: `${URL_A}?room=2` }],
    [
      'other protocols',
      { source: URL_A, options: { protocols: 'v1' } },
      { source: URL_A, options: { protocols: 'v2' } },
    ],
    [
      'other protocols in an array',
      { source: URL_A, options: { protocols: ['v1'] } },
      { source: URL_A, options: { protocols: ['v1', 'v2'] } },
    ],
    ['another key', { source: URL_A, options: { key: 'ann' } }, { source: URL_A, options: { key: 'bob' } }],
    [
      'another key of a function',
      { source: () => URL_A, options: { key: 1 } },
      { source: () => URL_A, options: { key: 2 } },
    ],
  ];

  it.each(changes)('closes the socket and dials again: %s', (_, before, after) => {
    const { result, rerender } = renderProps(before);
    socket().open();
    const { send, reconnect, close, connection } = result.current;
    const first = socket();

    rerender(after);
    expect(result.current).toMatchObject({ status: 'connecting', attempt: 0, lastClose: null });
    expect(result.current.connection).not.toBe(connection);
    expect([send, reconnect, close]).not.toContain(result.current.send);
    advance(0);
    expect(sockets()).toHaveLength(2);
    expect(socketsInUse()).toEqual([socket()]);
    expect(first.isInUse).toBe(false);
  });

  it('ends an outage: neither its attempts nor its timer affect the new destination', () => {
    const { result, rerender } = renderProps({ source: URL_A });
    socket().refuse();
    advance(AFTER_REFUSAL);
    socket().refuse();
    expect(result.current.attempt).toBe(2);
    rerender({ source: URL_B });
    expect(result.current).toMatchObject({ status: 'connecting', attempt: 0, cause: null, lastClose: null });
    socket().open();
    advance(60_000);
    expect(sockets().map(({ url }) => url)).toEqual([URL_A, URL_A, URL_B]);
    expect(socketsInUse()).toEqual([socket()]);
  });

  it('hands back the messages queued for the old connection and never sends them to the new one', () => {
    const dropped: DroppedMessage[] = [];
    const options: WebSocketOptions = { onDrop: (drop) => dropped.push(drop) };
    const { result, rerender } = renderProps({ source: URL_A, options });
    expect(result.current.send('for a')).toBe('queued');
    expect(result.current.send('for a too')).toBe('queued');
    rerender({ source: URL_B, options });
    advance(0);
    expect(dropped).toEqual([
      { message: 'for a', reason: 'replaced' },
      { message: 'for a too', reason: 'replaced' },
    ]);
    socket().open();
    expect(result.current.send('for b')).toBe('sent');
    expect(socket().sent).toEqual(['for b']);
  });

  it('ignores later events of the old socket', () => {
    const messages: unknown[] = [];
    const closes: unknown[] = [];
    const options: WebSocketOptions = {
      onMessage: (message) => messages.push(message),
      onClose: (close) => closes.push(close),
    };
    const { result, rerender } = renderProps({ source: URL_A, options });
    socket().open();
    const old = socket();
    rerender({ source: URL_B, options });
    old.message('late');
    advance(0);
    old.message('later');
    old.end(1003);
    expect({ messages, closes }).toEqual({ messages: [], closes: [] });
    expect(result.current.status).toBe('connecting');
  });

  it('resets reducers to their initial state', () => {
    const { result, rerender } = renderHook(
      ({ source }) =>
        useMessageReducer(useWebSocket(source), (all: readonly unknown[], message) => [...all, message], []),
      { initialProps: { source: URL_A } },
    );
    socket().open();
    socket().message('of a');
    advance(FRAME);
    expect(result.current).toEqual(['of a']);
    rerender({ source: URL_B });
    expect(result.current).toEqual([]);
  });

  it('creates a new connection again when it is undone', () => {
    const { result, rerender } = renderProps({ source: URL_A });
    socket().open();
    rerender({ source: URL_B });
    rerender({ source: URL_A });
    advance(0);
    expect(result.current.status).toBe('connecting');
    expect(socketsInUse().map(({ url }) => url)).toEqual([URL_A]);
  });
});

describe('a change that keeps the connection', () => {
  it('may be 10,000 renders of an idle parent with inline options and functions', () => {
    const setTimer = vi.spyOn(globalThis, 'setTimeout');
    const { result, rerender } = renderHook(
      ({ count }) =>
        useWebSocket(() => `${URL_A}?render=${count}`, {
          protocols: ['v1'],
          reconnect: { minDelay: 500, codes: { 4001: 'fail' } },
          sendQueue: { maxMessages: 10 },
          heartbeat: { message: 'ping', isReply: (message) => message === 'pong' },
          onMessage: () => undefined,
          onOpen: () => undefined,
        }),
      { initialProps: { count: 0 } },
    );
    socket().open();
    const handle = result.current;
    setTimer.mockClear();
    for (let count = 1; count <= 10_000; count += 1) rerender({ count });
    expect(result.current).toBe(handle);
    expect(sockets()).toHaveLength(1);
    expect(socket().closedWith).toBeNull();
    expect(setTimer).not.toHaveBeenCalled();
  }, 60_000);

  it('may be a change of any other option, which takes effect at the next decision', () => {
    const { result, rerender } = renderProps({ source: URL_A, options: { binaryType: 'blob' } });
    socket().open();
    const { connection } = result.current;
    rerender({
      source: URL_A,
      options: { binaryType: 'arraybuffer', reconnect: { minDelay: 100, maxDelay: 100 }, linger: 0 },
    });
    expect(result.current.connection).toBe(connection);
    expect(sockets()).toHaveLength(1);

    socket().end(1012);
    expect(result.current.retryAt).toBe(Date.now() + 100);
    advance(100);
    expect(sockets()).toHaveLength(2);
    expect(socket().binaryType).toBe('arraybuffer');
  });

  it('may be reconnect: false in an outage, which ends at the next refused dial', () => {
    const { result, rerender } = renderProps({ source: URL_A });
    socket().refuse();
    rerender({ source: URL_A, options: { reconnect: false } });
    expect(result.current.status).toBe('reconnecting');
    advance(AFTER_REFUSAL);
    socket().refuse();
    expect(result.current).toMatchObject({ status: 'closed', error: null, lastClose: { code: 1006 } });
  });
});

describe('the functions of the handle', () => {
  it('stay the same in every state of one connection', () => {
    const { result } = renderProps({ source: URL_A });
    const { send, reconnect, close, connection } = result.current;
    const expectSame = (status: string) =>
      expect(result.current).toEqual({ ...result.current, status, send, reconnect, close, connection });
    expectSame('connecting');
    socket().open();
    expectSame('open');
    socket().end(1006);
    expectSame('reconnecting');
    act(() => close());
    expectSame('closed');
    act(() => reconnect());
    socket().open();
    socket().end(1008);
    expectSame('failed');
  });
});
