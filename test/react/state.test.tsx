import { act, renderHook } from '@testing-library/react';
import { version } from 'react';
import { describe, expect, it } from 'vitest';

import { useWebSocket, type WebSocketOptions, type WebSocketSource } from '../../src/index.js';
import {
  advance,
  AFTER_REFUSAL,
  AFTER_RESTART,
  FakeSocket,
  socket,
  sockets,
  URL_A,
  URL_B,
  withFakes,
} from '../support/reactFakes.js';

withFakes();

/** Renders the hook and records the status of every render. */
/** Before React 18, hydration shows the first snapshot of the browser, so that one is `idle` there. */
const mayAnticipate = !/^1[67]\./.test(version);

function renderStates(source: WebSocketSource = URL_A, options?: WebSocketOptions) {
  const seen: string[] = [];
  const hook = renderHook(
    (props) => {
      const handle = useWebSocket(props.source, props.options);
      seen.push(handle.status);
      return handle;
    },
    { initialProps: { source, options } },
  );
  return { ...hook, seen };
}

describe('the state of useWebSocket', () => {
  it('renders once for a change of state', () => {
    const { seen } = renderStates();
    socket().open();
    socket().end(1012, 'deploying');
    advance(AFTER_RESTART);
    socket().open();
    const first = mayAnticipate ? [] : ['idle'];
    expect(seen).toEqual([...first, 'connecting', 'open', 'reconnecting', 'reconnecting', 'open']);
  });

  it('does not render for a message', () => {
    const received: unknown[] = [];
    const { seen } = renderStates(URL_A, { onMessage: (message) => received.push(message) });
    socket().open();
    const before = seen.length;
    socket().message(...Array.from({ length: 1_000 }, (_, i) => `message ${i}`));
    advance(1_000);
    expect(received).toHaveLength(1_000);
    expect(seen).toHaveLength(before);
  });

  it('does not render for a sent or queued message', () => {
    const { result, seen } = renderStates();
    const before = seen.length;
    act(() => void result.current.send('queued'));
    expect(seen).toHaveLength(before);
    socket().open();
    act(() => void result.current.send('sent'));
    expect(seen).toHaveLength(before + 1);
    expect(socket().sent).toEqual(['queued', 'sent']);
  });

  it('returns the same handle as long as the state is the same', () => {
    const { result, rerender } = renderStates();
    socket().open();
    const handle = result.current;
    rerender({ source: URL_A, options: { reconnect: { maxDelay: 6_000 } } });
    expect(result.current).toBe(handle);
  });

  it('shows the attempt, the time of the retry and the cause of a restart through any number of refused dials', () => {
    const { result } = renderStates();
    socket().open();
    socket().end(1012, 'deploying');
    const cause = { code: 1012, name: 'Service Restart', reason: 'deploying', opened: true, local: false };
    expect(result.current).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      waitingFor: 'delay',
      retryAt: Date.now() + AFTER_RESTART,
      cause,
      lastClose: cause,
      error: null,
    });

    advance(AFTER_RESTART - 1);
    expect(sockets()).toHaveLength(1);
    advance(1);
    expect(sockets()).toHaveLength(2);
    expect(result.current).toMatchObject({ attempt: 1, waitingFor: 'handshake', retryAt: null, cause });

    for (let attempt = 2; attempt <= 6; attempt += 1) {
      socket().refuse();
      expect(result.current).toMatchObject({
        status: 'reconnecting',
        attempt,
        waitingFor: 'delay',
        retryAt: Date.now() + AFTER_REFUSAL,
        cause,
        lastClose: { code: 1006, opened: false },
      });
      advance(AFTER_REFUSAL);
    }
    socket().open();
    expect(result.current).toMatchObject({
      status: 'open',
      attempt: 0,
      retryAt: null,
      waitingFor: null,
      cause: null,
      lastClose: { code: 1006 },
      error: null,
    });
  });

  it('shows a contract error with the last sent frame, and does not dial again', () => {
    const { result } = renderStates();
    socket().open();
    act(() => void result.current.send(new Uint8Array(1_024)));
    socket().end(1003, 'text only');
    expect(result.current).toMatchObject({
      status: 'failed',
      attempt: 0,
      retryAt: null,
      waitingFor: null,
      cause: null,
      lastClose: { code: 1003, reason: 'text only' },
    });
    const { error } = result.current;
    expect(error).toMatchObject({
      name: 'WebSocketError',
      kind: 'contract',
      code: 1003,
      close: { code: 1003, reason: 'text only' },
      lastSent: { kind: 'binary', type: 'Uint8Array', size: 1_024 },
    });
    expect(error?.message).toContain('text only');
    for (const text of [error?.message, error?.hint]) {
      expect(text).toContain('binary (Uint8Array, 1,024 bytes)');
      expect(text).toContain('send text');
    }
    advance(3_600_000);
    expect(sockets()).toHaveLength(1);
    expect(result.current.send('more')).toBe('refused');
  });

  it('leaves a failure by reconnect() and by another URL', () => {
    const { result, rerender } = renderStates();
    socket().open();
    socket().end(1003);
    act(() => result.current.reconnect());
    expect(result.current).toMatchObject({ status: 'connecting', error: null });
    socket().open();
    socket().end(1003);
    rerender({ source: URL_B, options: undefined });
    expect(result.current).toMatchObject({ status: 'connecting', lastClose: null, error: null });
    expect(sockets().map(({ url }) => url)).toEqual([URL_A, URL_A, URL_B]);
  });

  it('shows closed at once after close(), without waiting for the server', () => {
    const closes: unknown[] = [];
    const { result } = renderStates(URL_A, { onClose: (close) => closes.push(close) });
    socket().open();
    act(() => result.current.close(4001, 'bye'));
    const close = { code: 4001, reason: 'bye', local: true, opened: true };
    expect(result.current).toMatchObject({ status: 'closed', lastClose: close, attempt: 0, error: null });
    expect(socket().closedWith).toEqual([4001, 'bye']);
    socket().end(1006);
    expect(closes).toMatchObject([close]);
    expect(result.current).toMatchObject({ status: 'closed', lastClose: close });
    advance(60_000);
    expect(sockets()).toHaveLength(1);
  });

  it('dials once for many calls of reconnect() in a tick, also during a delay', () => {
    const { result } = renderStates();
    socket().open();
    socket().end(1012);
    act(() => {
      result.current.reconnect();
      result.current.reconnect();
      result.current.reconnect();
    });
    expect(sockets()).toHaveLength(2);
    advance(AFTER_RESTART);
    expect(sockets()).toHaveLength(2);
  });

  it('can be used from an effect, before anything is open', () => {
    const { result } = renderHook(() => useWebSocket(URL_A));
    expect(result.current.send('first')).toBe('queued');
    socket().open();
    expect(socket().sent).toEqual(['first']);
  });

  it('shows an exception of the constructor as a setup error, and does not retry', () => {
    const { result } = renderStates('ftp://a.example');
    expect(result.current).toMatchObject({ status: 'failed', error: { kind: 'setup' } });
    expect(result.current.error?.message).toContain('ftp://a.example');
    advance(3_600_000);
    expect(FakeSocket.made).toEqual([]);
  });
});
