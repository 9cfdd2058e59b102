import { act, render, renderHook } from '@testing-library/react';
import { useLayoutEffect, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';

import { json, useWebSocket, type WebSocketOptions } from '../../src/index.js';
import { advance, AFTER_RESTART, socket, sockets, URL_A, URL_B, withFakes } from '../support/reactFakes.js';

withFakes();

const renderOptions = (options: WebSocketOptions) =>
  renderHook((props) => useWebSocket(URL_A, props), { initialProps: options });

/** Creates callbacks that record their calls. */
function createLog() {
  const told: (readonly [string, unknown])[] = [];
  const note = (name: string) => (what: unknown) => void told.push([name, what]);
  const callbacks = {
    onOpen: note('open'),
    onMessage: note('message'),
    onClose: note('close'),
    onError: note('error'),
    onDrop: note('drop'),
  } satisfies WebSocketOptions;
  return { told, callbacks, names: () => told.map(([name]) => name) };
}

/** Collects reported errors instead of failing the test. */
function catchReports(): unknown[] {
  const reports: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => void reports.push(error));
  return reports;
}

describe('callbacks of useWebSocket', () => {
  it('are called for every event, in the order of the events', () => {
    const { told, callbacks } = createLog();
    renderOptions(callbacks);
    const at = Date.now();
    socket().open('v1');
    socket().message('a', 'b');
    socket().end(1012, 'deploying');
    advance(AFTER_RESTART);
    socket().open();
    socket().end(1003);
    expect(told).toMatchObject([
      ['open', { url: URL_A, protocol: 'v1', attempt: 0, at }],
      ['message', 'a'],
      ['message', 'b'],
      ['close', { code: 1012, reason: 'deploying', local: false, opened: true }],
      ['open', { url: URL_A, protocol: '', attempt: 1 }],
      ['close', { code: 1003 }],
      ['error', { name: 'WebSocketError', kind: 'contract', code: 1003 }],
    ]);
  });

  it('are called for every message in the task of the message', () => {
    const seen: unknown[] = [];
    renderOptions({ onMessage: (message, event) => seen.push(message, event.data) });
    socket().open();
    socket().message('a');
    expect(seen).toEqual(['a', 'a']);
  });

  it('are those of the newest render, without a new dial or subscription', () => {
    const calls: string[] = [];
    const { rerender } = renderOptions({ onMessage: () => calls.push('old') });
    socket().open();
    rerender({ onMessage: () => calls.push('new'), onClose: () => calls.push('closed') });
    socket().message('x');
    socket().end(1012);
    expect(calls).toEqual(['new', 'closed']);
    expect(sockets()).toHaveLength(1);
  });

  it('can be added and removed', () => {
    const seen: unknown[] = [];
    const { rerender } = renderOptions({});
    socket().open();
    socket().message('before it was added');
    rerender({ onMessage: (message) => seen.push(message) });
    socket().message('while it was there');
    rerender({});
    socket().message('after it was removed');
    expect(seen).toEqual(['while it was there']);
  });

  it('see the state after the event', () => {
    const seen: string[] = [];
    const { result } = renderOptions({
      onOpen: () => seen.push(result.current.connection?.getState().status ?? ''),
      onClose: () => seen.push(result.current.connection?.getState().status ?? ''),
    });
    socket().open();
    socket().end(1012);
    expect(seen).toEqual(['open', 'reconnecting']);
  });

  it('can send in onOpen before the queued messages, for authentication', () => {
    const { result } = renderOptions({ onOpen: () => void result.current.send('token') });
    expect(result.current.send('queued')).toBe('queued');
    socket().open();
    expect(socket().sent).toEqual(['token', 'queued']);
  });

  it('can answer and close in onMessage', () => {
    const seen: unknown[] = [];
    const { result } = renderOptions({
      onMessage(message) {
        seen.push(message);
        if (message === 'ping') result.current.send('pong');
        if (message === 'bye') result.current.close();
      },
    });
    socket().open();
    socket().message('ping', 'bye', 'too late');
    expect(socket().sent).toEqual(['pong']);
    expect(seen).toEqual(['ping', 'bye']);
    expect(result.current.status).toBe('closed');
  });

  it('are reported when they throw, without any effect on the connection or each other', () => {
    const reports = catchReports();
    const seen: unknown[] = [];
    const explode = (name: string) => () => {
      seen.push(name);
      throw new Error(name);
    };
    const { result } = renderOptions({
      onOpen: explode('open'),
      onMessage: explode('message'),
      onClose: explode('close'),
      onError: explode('error'),
    });
    result.current.send('queued');
    socket().open();
    expect(socket().sent).toEqual(['queued']);
    socket().message('a', 'b');
    socket().end(1012);
    advance(AFTER_RESTART);
    expect(sockets()).toHaveLength(2);
    socket().open();
    socket().end(1008);
    expect(result.current.status).toBe('failed');
    expect(seen).toEqual(['open', 'message', 'message', 'close', 'open', 'close', 'error']);
    expect(reports.map((error) => (error as Error).message)).toEqual(seen);
  });

  it('report a message that breaks the contract to onError and do not deliver it', () => {
    const { told, callbacks, names } = createLog();
    const { result } = renderHook(() => useWebSocket(URL_A, { ...callbacks, contract: json() }));
    socket().open();
    socket().message('{', '{"ok":true}');
    expect(names()).toEqual(['open', 'error', 'message']);
    expect(told[1]?.[1]).toMatchObject({ kind: 'contract', direction: 'incoming', code: null });
    expect(told[2]?.[1]).toEqual({ ok: true });
    expect(result.current).toMatchObject({ status: 'open', error: null });
  });
});

describe('after an unmount', () => {
  it('calls no callback, whatever events the sockets still fire', () => {
    const { callbacks, names } = createLog();
    const { unmount } = renderOptions(callbacks);
    socket().open();
    unmount();
    socket().message('late');
    advance(0);
    socket().message('later');
    socket().end(1003);
    expect(names()).toEqual(['open']);
  });

  it('calls no callback for a dial that was in progress', () => {
    const { callbacks, names } = createLog();
    const { unmount } = renderOptions(callbacks);
    unmount();
    advance(0);
    socket().refuse();
    advance(60_000);
    expect(names()).toEqual([]);
    expect(sockets()).toHaveLength(1);
  });

  it('calls onDrop for the messages that were never sent, in order', () => {
    const { told, callbacks } = createLog();
    const { result, unmount } = renderOptions(callbacks);
    result.current.send('first');
    result.current.send('second');
    unmount();
    advance(0);
    expect(told).toEqual([
      ['drop', { message: 'first', reason: 'unmounted' }],
      ['drop', { message: 'second', reason: 'unmounted' }],
    ]);
  });

  it('calls the onDrop of the last render', () => {
    const calls: string[] = [];
    const { result, rerender, unmount } = renderOptions({ onDrop: () => calls.push('old') });
    result.current.send('lost');
    rerender({ onDrop: () => calls.push('new') });
    unmount();
    advance(0);
    expect(calls).toEqual(['new']);
  });

  it('sends nothing through the handle', () => {
    const { result, unmount } = renderOptions({});
    socket().open();
    unmount();
    advance(0);
    expect(result.current.send('into the void')).not.toBe('sent');
    expect(socket().sent).toEqual([]);
  });

  it('delivers no message that arrives before React has run the cleanup of the unmount', () => {
    const seen: unknown[] = [];
    function Reader() {
      useWebSocket(URL_A, { onMessage: (message) => seen.push(message) });
      return null;
    }
    function Page() {
      const [isShown, show] = useState(true);
      hide = () => show(false);
      // Runs after the reader has left the tree and before its passive effects are cleaned up.
      useLayoutEffect(() => {
        if (!isShown) socket().onmessage?.(new MessageEvent('message', { data: 'late' }));
      }, [isShown]);
      return isShown ? <Reader /> : null;
    }
    let hide = (): void => undefined;
    render(<Page />);
    socket().open();
    act(() => hide());
    expect(seen).toEqual([]);
  });
});

describe('callbacks of a new connection, committed before the Effects of the previous one are cleaned up', () => {
  it.each([URL_B, null])('are not called for events of the previous one: %s', (to) => {
    const told: unknown[] = [];
    let go = (): void => undefined;
    function Page() {
      const [url, setUrl] = useState<string | null>(URL_A);
      go = () => setUrl(to);
      useWebSocket(url, {
        onMessage: (message) => told.push([url, message]),
        onClose: ({ code }) => told.push([url, code]),
      });
      useLayoutEffect(() => {
        if (url === URL_A) return;
        sockets()[0]?.onmessage?.(new MessageEvent('message', { data: 'of A' }));
        sockets()[0]?.onclose?.(new CloseEvent('close', { code: 1012 }));
      }, [url]);
      return null;
    }
    render(<Page />);
    socket().open();
    act(() => go());
    advance(0);
    expect(told).toEqual([]);
  });
});
