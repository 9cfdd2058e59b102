import { renderHook } from '@testing-library/react';
import { expect, describe, it, vi } from 'vitest';

import { useWebSocket, type WebSocketOptions, type WebSocketSource } from '../../src/index.js';
import { advance, socket, sockets, URL_A, withFakes } from '../support/reactFakes.js';

withFakes();

const IDLE = {
  status: 'idle',
  attempt: 0,
  retryAt: null,
  waitingFor: null,
  cause: null,
  lastClose: null,
  error: null,
};

describe('useWebSocket without a destination', () => {
  const nothing = [null, undefined, false, ''] as const;

  it.each(nothing)('is idle and never creates a socket for %j', (source) => {
    const { result, rerender } = renderHook(() => useWebSocket(source));
    expect(result.current).toMatchObject(IDLE);
    advance(60_000);
    rerender();
    expect(sockets()).toEqual([]);
  });

  it.each(nothing)('has no connection and refuses to send for %j', (source) => {
    const { result } = renderHook(() => useWebSocket(source));
    expect(result.current.connection).toBeNull();
    expect(result.current.send('lost?')).toBe('refused');
    result.current.reconnect();
    result.current.close();
    advance(60_000);
    expect(result.current).toMatchObject(IDLE);
    expect(sockets()).toEqual([]);
  });

  it('keeps its functions when one missing source replaces another', () => {
    const { result, rerender } = renderHook(({ source }) => useWebSocket(source), {
      initialProps: { source: null as WebSocketSource },
    });
    const { send, reconnect, close } = result.current;
    for (const source of nothing) {
      rerender({ source });
      expect(result.current).toMatchObject({ send, reconnect, close });
    }
  });

  it('dials once there is a destination and closes when it is removed', () => {
    const { result, rerender } = renderHook(({ source }) => useWebSocket(source), {
      initialProps: { source: '' },
    });
    rerender({ source: URL_A });
    expect(result.current.status).toBe('connecting');
    socket().open();
    expect(result.current.status).toBe('open');

    rerender({ source: '' });
    expect(result.current).toMatchObject({ ...IDLE, connection: null });
    advance(0);
    expect(sockets()).toHaveLength(1);
    expect(socket().isInUse).toBe(false);
  });
});

describe('useWebSocket with enabled: false', () => {
  const renderEnabled = (enabled: boolean, more: WebSocketOptions = {}) =>
    renderHook((props) => useWebSocket(URL_A, { ...more, ...props }), { initialProps: { enabled } });

  it('is idle and creates no socket', () => {
    const { result } = renderEnabled(false);
    advance(60_000);
    expect(result.current).toMatchObject(IDLE);
    expect(sockets()).toEqual([]);
  });

  it('does not call a URL function', () => {
    let asked = 0;
    renderHook(() =>
      useWebSocket(
        () => {
          asked += 1;
          return URL_A;
        },
        { enabled: false },
      ),
    );
    advance(60_000);
    expect(asked).toBe(0);
  });

  it('refuses messages until it is enabled', () => {
    const { result, rerender } = renderEnabled(false);
    expect(result.current.send('early')).toBe('refused');
    rerender({ enabled: true });
    expect(result.current.send('in time')).toBe('queued');
    socket().open();
    expect(socket().sent).toEqual(['in time']);
  });

  it('gets its queued messages back when it is disabled', () => {
    const dropped: unknown[] = [];
    const { result, rerender } = renderEnabled(true, { onDrop: (drop) => dropped.push(drop) });
    expect(result.current.send('queued')).toBe('queued');
    rerender({ enabled: false });
    expect(dropped).toEqual([{ message: 'queued', reason: 'unmounted' }]);
    expect(result.current.send('late')).toBe('refused');
  });

  it('closes an open socket in the commit, without any timer, as React Native needs in the background', () => {
    const { rerender } = renderEnabled(true, { linger: 60_000 });
    socket().open();
    rerender({ enabled: false });
    expect(socket()).toMatchObject({ closedWith: [1000, ''] });
    expect(socket().isInUse).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['failed', 3000],
    ['closed', 1000],
  ])('starts afresh when it is enabled again after it was %s', (status, code) => {
    const { result, rerender } = renderEnabled(true);
    socket().open();
    socket().end(code);
    expect(result.current.status).toBe(status);
    rerender({ enabled: false });
    expect(result.current).toMatchObject(IDLE);
    rerender({ enabled: true });
    expect(result.current).toMatchObject({ status: 'connecting', error: null, lastClose: null });
    expect(sockets()).toHaveLength(2);
  });

  it('starts afresh when it is enabled again, although onDrop called close() when it was disabled', () => {
    const hook = renderEnabled(true, { onDrop: () => hook.result.current.connection?.close() });
    hook.result.current.send('queued');
    hook.rerender({ enabled: false });
    expect(hook.result.current).toMatchObject(IDLE);
    hook.rerender({ enabled: true });
    expect(hook.result.current.status).toBe('connecting');
    expect(sockets()).toHaveLength(2);
  });

  it('closes an open socket when it is disabled and dials again when it is enabled', () => {
    const { result, rerender } = renderEnabled(true);
    socket().open();
    const { send } = result.current;

    rerender({ enabled: false });
    expect(result.current).toMatchObject(IDLE);
    advance(0);
    expect(socket().isInUse).toBe(false);

    rerender({ enabled: true });
    expect(sockets()).toHaveLength(2);
    expect(result.current).toMatchObject({ status: 'connecting', send });
  });

  it('cancels a scheduled retry', () => {
    const { result, rerender } = renderEnabled(true);
    socket().open();
    socket().end(1012);
    expect(result.current.status).toBe('reconnecting');
    rerender({ enabled: false });
    advance(60_000);
    expect(sockets()).toHaveLength(1);
    expect(result.current).toMatchObject(IDLE);
  });

  it('keeps a shared socket when it is disabled and enabled within linger', () => {
    const { result, rerender } = renderEnabled(true, { linger: 1_000, share: true });
    socket().open();
    rerender({ enabled: false });
    advance(999);
    rerender({ enabled: true });
    expect(result.current.status).toBe('open');
    expect(sockets()).toHaveLength(1);
    rerender({ enabled: false });
    advance(1_000);
  });

  it('closes a shared socket after linger, although the component unmounts meanwhile', () => {
    const { rerender, unmount } = renderEnabled(true, { linger: 1_000, share: true });
    socket().open();
    rerender({ enabled: false });
    advance(600);
    unmount();
    advance(399);
    expect(socket().isInUse).toBe(true);
    advance(1);
    expect(socket().isInUse).toBe(false);
  });
});
