import { act, render, renderHook } from '@testing-library/react';
import { StrictMode, useLayoutEffect, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { createConnection, useMessageReducer, useWebSocket } from '../../src/index.js';
import { append, createTextConnection, NO_MESSAGES, renderReader } from '../support/messageReader.js';
import {
  advance,
  FRAME,
  socket,
  sockets,
  socketsInUse,
  URL_A,
  URL_B,
  withFakes,
} from '../support/reactFakes.js';

withFakes();

describe('useMessageReducer', () => {
  it('retains the given connection, which dials, and releases it', () => {
    const { unmount } = renderReader();
    expect(sockets()).toHaveLength(1);
    unmount();
    advance(0);
    expect(socketsInUse()).toEqual([]);
  });

  it('does not retain the connection of a handle, which belongs to the component with the handle', () => {
    const { result, rerender } = renderHook(
      ({ enabled }) => useMessageReducer(useWebSocket(URL_A, { enabled }), (count) => count + 1, 0),
      { initialProps: { enabled: false } },
    );
    expect(sockets()).toEqual([]);
    rerender({ enabled: true });
    socket().open();
    socket().message('x');
    advance(FRAME);
    expect(result.current).toBe(1);
  });

  it('keeps its state when a handle is replaced by its connection, which is then retained', () => {
    const connection = createTextConnection();
    const { result, rerender } = renderHook(
      ({ own }) => {
        const handle = useWebSocket(connection, { enabled: !own });
        return useMessageReducer(own ? connection : handle, append, NO_MESSAGES);
      },
      { initialProps: { own: false } },
    );
    socket().open();
    socket().message('first');
    rerender({ own: true });
    socket().message('second');
    advance(FRAME);
    expect(result.current).toEqual(['first', 'second']);
    expect(sockets()).toHaveLength(1);
    expect(connection.getState().status).toBe('open');
  });

  it('reduces no message of a previous connection into the state of the next one, nor by its reducer', () => {
    const folded: unknown[] = [];
    let go = (): void => undefined;
    let shown: unknown;
    function Page() {
      const [url, setUrl] = useState(URL_A);
      go = () => setUrl(URL_B);
      shown = useMessageReducer(
        useWebSocket(url),
        (_: unknown, message) => {
          folded.push([url, message]);
          return message;
        },
        'nothing',
      );
      useLayoutEffect(() => {
        // The Effects of the previous connection are not cleaned up yet.
        if (url === URL_B) sockets()[0]?.onmessage?.(new MessageEvent('message', { data: 'of A' }));
      }, [url]);
      return null;
    }
    render(<Page />);
    socket().open();
    act(() => go());
    advance(FRAME);
    expect(shown).toBe('nothing');
    expect(folded).not.toContainEqual([URL_B, 'of A']);
  });

  it('shows the initial state of an idle handle', () => {
    const { result } = renderHook(() => useMessageReducer(useWebSocket(null), () => 1, 0));
    expect(result.current).toBe(0);
  });

  it('reduces every message once, in order, and renders once a frame', () => {
    const { result, seen } = renderReader();
    socket().open();
    const messages = Array.from({ length: 10_000 }, (_, i) => `${i}`);
    const before = seen.length;
    act(() => {
      for (const data of messages) socket().onmessage?.(new MessageEvent('message', { data }));
    });
    expect(seen).toHaveLength(before);
    advance(FRAME);
    expect(result.current).toEqual(messages);
    expect(seen).toHaveLength(before + 1);
  }, 20_000);

  it('reduces a message when it arrives and not when it renders', () => {
    const reducer = vi.fn((count: number) => count + 1);
    renderHook(() => useMessageReducer(createOnce(), reducer, 0));
    socket().open();
    socket().message('a', 'b');
    expect(reducer).toHaveBeenCalledTimes(2);
    advance(FRAME);
    expect(reducer).toHaveBeenCalledTimes(2);
  });

  it('renders in the next frame, at most 60 times a second', () => {
    const { seen } = renderReader();
    socket().open();
    advance(FRAME);
    const before = seen.length;
    for (let ms = 0; ms < 1_000; ms += 1) {
      socket().message('x');
      advance(1);
    }
    advance(FRAME);
    expect(seen.length - before).toBeGreaterThan(50);
    expect(seen.length - before).toBeLessThanOrEqual(64);
    expect(seen.at(-1)).toHaveLength(1_000);
  });

  it('does not render when nothing has changed', () => {
    const renders = vi.fn();
    renderHook(() => {
      renders();
      return useMessageReducer(createOnce(), (state) => state, 'the same');
    });
    socket().open();
    const before = renders.mock.calls.length;
    socket().message('a', 'b');
    advance(FRAME);
    expect(renders).toHaveBeenCalledTimes(before);
  });

  it('reduces once in StrictMode', () => {
    const reducer = vi.fn((count: number) => count + 1);
    const { result } = renderHook(() => useMessageReducer(createOnce(), reducer, 0), { wrapper: StrictMode });
    socket().open();
    socket().message('a', 'b');
    advance(FRAME);
    expect(result.current).toBe(2);
    expect(reducer).toHaveBeenCalledTimes(2);
    expect(sockets()).toHaveLength(1);
  });

  it('calls the newest reducer from the next message on', () => {
    const { result, rerender } = renderHook(
      ({ step }) => useMessageReducer(createOnce(), (sum) => sum + step, 0),
      { initialProps: { step: 1 } },
    );
    socket().open();
    socket().message('a');
    rerender({ step: 10 });
    socket().message('b');
    advance(FRAME);
    expect(result.current).toBe(11);
  });

  it('creates its initial state by a function, once for each connection', () => {
    const first = createTextConnection();
    const make = vi.fn(() => ['made']);
    const { result, rerender } = renderHook(
      ({ connection }) => useMessageReducer<string, readonly string[]>(connection, append, make),
      { initialProps: { connection: first } },
    );
    expect(result.current).toEqual(['made']);
    rerender({ connection: first });
    expect(make).toHaveBeenCalledTimes(1);
    rerender({ connection: createTextConnection(URL_B) });
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('starts again with another connection and ignores the old one', () => {
    const { result, rerender } = renderReader();
    socket().open();
    const old = socket();
    old.message('old');
    rerender({ connection: createTextConnection(URL_B), options: undefined });
    expect(result.current).toEqual([]);
    old.message('older');
    socket().open();
    socket().message('new');
    advance(FRAME);
    expect(result.current).toEqual(['new']);
  });

  it('keeps its state through a reconnection', () => {
    const { result } = renderReader();
    socket().open();
    socket().message('before');
    socket().end(1012);
    advance(3_000);
    socket().open();
    socket().message('after');
    advance(FRAME);
    expect(result.current).toEqual(['before', 'after']);
  });

  it('reports a reducer that throws and keeps the state', () => {
    const reports: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => void reports.push(error));
    const bad = new Error('bad message');
    const { result } = renderHook(() =>
      useMessageReducer(
        createOnce(),
        (all: readonly string[], message: string) => {
          if (message === 'bad') throw bad;
          return append(all, message);
        },
        NO_MESSAGES,
      ),
    );
    socket().open();
    socket().message('a', 'bad', 'b');
    advance(FRAME);
    expect(result.current).toEqual(['a', 'b']);
    expect(reports).toEqual([bad]);
  });

  it('receives messages decoded by the contract', () => {
    const connection = createConnection<{ n: number }>(URL_A, {
      contract: { sends: 'any', accepts: 'text', encode: String, decode: (data) => ({ n: Number(data) }) },
    });
    const { result } = renderHook(() => useMessageReducer(connection, (sum, { n }) => sum + n, 0));
    socket().open();
    socket().message('1', '2', '3');
    advance(FRAME);
    expect(result.current).toBe(6);
  });

  let once: ReturnType<typeof createTextConnection> | null = null;
  /** The connection for every render of a test. */
  const createOnce = () => (once ??= createTextConnection());
  afterEach(() => {
    once = null;
  });
});

describe("pace: 'immediate'", () => {
  it('renders in the task of the message', () => {
    const { result } = renderReader(createTextConnection(), { pace: 'immediate' });
    socket().open();
    socket().message('a');
    expect(result.current).toEqual(['a']);
    socket().message('b');
    expect(result.current).toEqual(['a', 'b']);
  });

  it('publishes the messages that wait for a frame when it is set', () => {
    const { result, rerender, connection } = renderReader();
    socket().open();
    socket().message('a');
    rerender({ connection, options: { pace: 'immediate' } });
    socket().message('b');
    expect(result.current).toEqual(['a', 'b']);
  });
});
