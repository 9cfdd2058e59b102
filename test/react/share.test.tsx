import { act, render, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import {
  type DroppedMessage,
  type UrlSource,
  useMessageReducer,
  useWebSocket,
  type WebSocketHandle,
  type WebSocketOptions,
} from '../../src/index.js';
import {
  advance,
  AFTER_RESTART,
  FRAME,
  settle,
  socket,
  sockets,
  socketsInUse,
  URL_A,
  URL_B,
  withFakes,
  expectErrors,
} from '../support/reactFakes.js';

withFakes();

const renderShared = (source: UrlSource = URL_A, options: WebSocketOptions = {}) =>
  renderHook((props) => useWebSocket(props.source, { share: true, ...props.options }), {
    initialProps: { source, options },
  });

describe('share: true', () => {
  it('opens one socket for a thousand components', () => {
    const Component = () => <i>{useWebSocket(URL_A, { share: true }).status}</i>;
    const { container, unmount } = render(
      <>
        {Array.from({ length: 1_000 }, (_, i) => (
          <Component key={i} />
        ))}
      </>,
    );
    expect(sockets()).toHaveLength(1);
    socket().open();
    expect(container.textContent).toBe('open'.repeat(1_000));
    unmount();
    advance(0);
    expect(socketsInUse()).toEqual([]);
  }, 30_000);

  it('joins components that mount at different times, in different trees', () => {
    const first = renderShared();
    socket().open();
    const second = renderShared();
    expect(second.result.current.status).toBe('open');
    expect(second.result.current.connection).toBe(first.result.current.connection);
    first.unmount();
    advance(60_000);
    expect(second.result.current.status).toBe('open');
    expect(socketsInUse()).toEqual([socket()]);
    second.unmount();
    advance(0);
    expect(socketsInUse()).toEqual([]);
  });

  it('forgets a connection that nobody uses: the next component starts afresh', async () => {
    const first = renderShared();
    await settle();
    socket().refuse();
    expect(first.result.current.attempt).toBe(1);
    first.unmount();
    advance(0);
    const second = renderShared();
    expect(second.result.current).toMatchObject({ status: 'connecting', attempt: 0, lastClose: null });
    expect(second.result.current.connection).not.toBe(first.result.current.connection);
  });

  it('forgets a failure with the last component that saw it', async () => {
    const first = renderShared();
    await settle();
    socket().open();
    socket().end(1003);
    expect(first.result.current.status).toBe('failed');
    first.unmount();
    advance(0);
    const second = renderShared();
    expect(second.result.current).toMatchObject({ status: 'connecting', error: null });
  });

  it('hands over within linger', () => {
    const first = renderShared(URL_A, { linger: 500 });
    socket().open();
    first.unmount();
    advance(499);
    const second = renderShared(URL_A, { linger: 500 });
    advance(60_000);
    expect(second.result.current.status).toBe('open');
    expect(sockets()).toHaveLength(1);
    second.unmount();
    advance(500);
    expect(socketsInUse()).toEqual([]);
  });

  it.each<[string, UrlSource, WebSocketOptions]>([
    ['another URL', URL_B, {}],
    ['other protocols', URL_A, { protocols: 'v2' }],
    ['another key', URL_A, { key: 'mine' }],
    ['no share', URL_A, { share: false }],
  ])('keeps %s apart', (_, source, options) => {
    renderShared();
    renderShared(source, options);
    expect(sockets()).toHaveLength(2);
  });

  it('with a function as URL needs a key, and says so', () => {
    expectErrors();
    expect(() => renderShared(() => URL_A)).toThrow(TypeError);
    expect(() => renderShared(() => URL_A)).toThrow(/share.*key/);
    renderShared(() => URL_A, { key: 'a' });
    renderShared(() => URL_A, { key: 'a' });
    expect(sockets()).toHaveLength(1);
  });

  it('gives every component its own callbacks, throughout', () => {
    const told: string[] = [];
    const callbacks = (name: string): WebSocketOptions => ({
      onOpen: () => told.push(`${name} open`),
      onMessage: (message) => told.push(`${name} ${message as string}`),
      onClose: ({ code }) => told.push(`${name} ${code}`),
    });
    const first = renderShared(URL_A, callbacks('first'));
    renderShared(URL_A, callbacks('second'));
    socket().open();
    socket().message('hello');
    first.unmount();
    socket().message('again');
    socket().end(1012);
    expect(told).toEqual([
      'first open',
      'second open',
      'first hello',
      'second hello',
      'second again',
      'second 1012',
    ]);
  });

  it('comes back once for all, and every send reaches the socket that is open then', () => {
    const first = renderShared();
    const second = renderShared();
    socket().open();
    socket().end(1012);
    advance(AFTER_RESTART);
    expect(sockets()).toHaveLength(2);
    socket().open();
    expect(first.result.current.send('from the first')).toBe('sent');
    expect(second.result.current.send('from the second')).toBe('sent');
    expect(socket().sent).toEqual(['from the first', 'from the second']);
  });

  it('keeps a heartbeat fed while the components change', () => {
    const options: WebSocketOptions = { heartbeat: { message: 'ping', interval: 100, timeout: 50 } };
    const first = renderShared(URL_A, options);
    const second = renderShared(URL_A, options);
    socket().open();
    first.unmount();
    for (let i = 0; i < 40; i += 1) {
      advance(50);
      socket().message('data');
    }
    expect(second.result.current.status).toBe('open');
    expect(sockets()).toHaveLength(1);
  });

  it('leaves no retry behind for a component that moves to another URL in the middle of an outage', () => {
    const moving = renderShared();
    const staying = renderShared();
    socket().refuse();
    moving.rerender({ source: URL_B, options: {} });
    socket().open();
    advance(60_000);
    expect(sockets().map(({ url }) => url)).toContain(URL_B);
    expect(sockets().filter(({ url }) => url === URL_B)).toHaveLength(1);
    expect(moving.result.current.status).toBe('open');
    expect(staying.result.current.status).toBe('reconnecting');
  });
});

describe('what is done with a shared connection', () => {
  it('a message of a disabled component is sent or handed back, even if another one was first', async () => {
    const dropped: DroppedMessage[] = [];
    const onDrop = (drop: DroppedMessage): void => void dropped.push(drop);
    const { result, rerender } = renderShared(URL_A, { enabled: false, onDrop });
    expect(result.current.send('early')).toBe('queued');
    await settle();
    renderShared();
    rerender({ source: URL_A, options: { enabled: true, onDrop } });
    socket().open();
    advance(0);
    const handedBack = dropped.map(({ message }) => message);
    expect([...socket().sent, ...handedBack]).toEqual(['early']);
  });

  it('a message reaches every reader', () => {
    const useCount = (handle: WebSocketHandle) => useMessageReducer(handle, (count) => count + 1, 0);
    const one = renderHook(() => useCount(useWebSocket(URL_A, { share: true })));
    const two = renderHook(() => useCount(useWebSocket(URL_A, { share: true })));
    socket().open();
    socket().message('a', 'b');
    advance(FRAME);
    expect([one.result.current, two.result.current]).toEqual([2, 2]);
  });

  it('close() of one component closes it for all', () => {
    const one = renderShared();
    const two = renderShared();
    socket().open();
    act(() => one.result.current.close());
    expect(two.result.current.status).toBe('closed');
  });
});
