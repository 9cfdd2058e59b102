import { act, render, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import {
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

  it('shares a connection between components that mount at different times in different trees', () => {
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

  it('forgets an unused connection, so that the next component gets a new one', async () => {
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

  it('forgets a failure after the last component that used the connection', async () => {
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

  it('keeps the connection for a component that mounts within linger', () => {
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
  ])('does not share with %s', (_, source, options) => {
    renderShared();
    renderShared(source, options);
    expect(sockets()).toHaveLength(2);
  });

  it('throws an error that asks for a key when the URL is a function', () => {
    expectErrors();
    expect(() => renderShared(() => URL_A)).toThrow(TypeError);
    expect(() => renderShared(() => URL_A)).toThrow(/share.*key/);
    renderShared(() => URL_A, { key: 'a' });
    renderShared(() => URL_A, { key: 'a' });
    expect(sockets()).toHaveLength(1);
  });

  it('calls the callbacks of every component at all times', () => {
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

  it('reconnects once for all components, and every send reaches the open socket', () => {
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

  it('keeps the heartbeat running while the components change', () => {
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

  it('leaves no retry behind when a component changes its URL in the middle of an outage', () => {
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

describe('an action on a shared connection', () => {
  it('refuses the message of a disabled component whose connection nothing uses', async () => {
    const { result, rerender } = renderShared(URL_A, { enabled: false });
    expect(result.current.send('early')).toBe('refused');
    await settle();
    renderShared();
    rerender({ source: URL_A, options: { enabled: true } });
    expect(result.current.send('in time')).toBe('queued');
    socket().open();
    expect(socket().sent).toEqual(['in time']);
  });

  it('delivers a message to every reader', () => {
    const useCount = (handle: WebSocketHandle) => useMessageReducer(handle, (count) => count + 1, 0);
    const one = renderHook(() => useCount(useWebSocket(URL_A, { share: true })));
    const two = renderHook(() => useCount(useWebSocket(URL_A, { share: true })));
    socket().open();
    socket().message('a', 'b');
    advance(FRAME);
    expect([one.result.current, two.result.current]).toEqual([2, 2]);
  });

  it('closes it for all components when one calls close()', () => {
    const one = renderShared();
    const two = renderShared();
    socket().open();
    act(() => one.result.current.close());
    expect(two.result.current.status).toBe('closed');
  });
});
