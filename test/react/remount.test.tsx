import { render, renderHook } from '@testing-library/react';
import * as React from 'react';
import { type ComponentType, type ReactNode, StrictMode } from 'react';
import { describe, expect, it } from 'vitest';

import { useWebSocket, type WebSocketOptions } from '../../src/index.js';
import {
  advance,
  AFTER_RESTART,
  settle,
  socket,
  sockets,
  socketsInUse,
  URL_A,
  URL_B,
  withFakes,
} from '../support/reactFakes.js';

withFakes();

const major = Number.parseInt(React.version);

function Status({ url = URL_A, options }: { url?: string; options?: WebSocketOptions }) {
  return <p>{useWebSocket(url, options).status}</p>;
}

describe('StrictMode', () => {
  it('dials once and passes through every state', () => {
    const { result } = renderHook(() => useWebSocket(URL_A), { wrapper: StrictMode });
    advance(0);
    expect(sockets()).toHaveLength(1);
    expect(socket().closedWith).toBeNull();
    socket().open();
    expect(result.current.status).toBe('open');
    socket().end(1012);
    advance(AFTER_RESTART);
    expect(sockets()).toHaveLength(2);
    expect(socketsInUse()).toEqual([socket()]);
  });

  it('runs effects twice from React 18 on, which these tests rely on', () => {
    let runs = 0;
    renderHook(() => React.useEffect(() => void (runs += 1), []), { wrapper: StrictMode });
    expect(runs).toBe(major >= 18 ? 2 : 1);
  });

  it('calls a URL function once and aborts nothing', async () => {
    const signals: AbortSignal[] = [];
    renderHook(
      () =>
        useWebSocket(async ({ signal }) => {
          signals.push(signal);
          return URL_A;
        }),
      { wrapper: StrictMode },
    );
    await settle();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    expect(sockets()).toHaveLength(1);
  });

  it('calls each callback once', () => {
    const told: string[] = [];
    const { result } = renderHook(
      () =>
        useWebSocket(URL_A, {
          onOpen: () => told.push('open'),
          onMessage: () => told.push('message'),
          onClose: () => told.push('close'),
          onDrop: () => told.push('drop'),
        }),
      { wrapper: StrictMode },
    );
    result.current.send('queued');
    advance(0);
    socket().open();
    socket().message('x');
    socket().end(1012);
    expect(told).toEqual(['open', 'message', 'close']);
    expect(sockets()[0]?.sent).toEqual(['queued']);
  });

  it('replaces the connection once when the URL changes', () => {
    const { rerender } = renderHook(({ url }) => useWebSocket(url), {
      initialProps: { url: URL_A },
      wrapper: StrictMode,
    });
    socket().open();
    rerender({ url: URL_B });
    advance(0);
    expect(sockets().map(({ url }) => url)).toEqual([URL_A, URL_B]);
    expect(socketsInUse()).toEqual([socket()]);
  });
});

describe('a remount', () => {
  it('creates a new connection after a change of the React key, with nothing left of the old one', () => {
    const dropped: unknown[] = [];
    const onDrop = (drop: unknown): void => void dropped.push(drop);
    let send: ((message: string) => string) | undefined;
    function User() {
      const handle = useWebSocket(URL_A, { onDrop });
      ({ send } = handle);
      return <p>{`${handle.status} ${handle.attempt}`}</p>;
    }
    const { container, rerender } = render(<User key="1" />);
    socket().refuse();
    send?.('for the first');
    expect(container.textContent).toBe('reconnecting 1');
    rerender(<User key="2" />);
    expect(container.textContent).toBe('connecting 0');
    advance(0);
    expect(dropped).toEqual([{ message: 'for the first', reason: 'unmounted' }]);
    socket().open();
    expect(socket().sent).toEqual([]);
    advance(60_000);
    expect(sockets()).toHaveLength(2);
  });

  it('keeps a shared connection when it moves in the tree in one commit', () => {
    const { rerender } = render(
      <div>
        <Status options={{ share: true }} />
      </div>,
    );
    socket().open();
    rerender(
      <section>
        <Status options={{ share: true }} />
      </section>,
    );
    advance(0);
    expect(sockets()).toHaveLength(1);
    expect(socket().isInUse).toBe(true);
  });
});

describe('Activity', () => {
  type Mode = 'visible' | 'hidden';
  const { Activity } = React as {
    Activity?: ComponentType<{ mode: Mode; children?: ReactNode }>;
  };
  const renderActivity = (options?: WebSocketOptions, initial: Mode = 'visible') => {
    // Without Activity an application can only render conditionally.
    const page = (mode: Mode) =>
      Activity ? (
        <Activity mode={mode}>
          <Status options={options ?? {}} />
        </Activity>
      ) : (
        <div>{mode === 'visible' && <Status options={options ?? {}} />}</div>
      );
    const { container, rerender } = render(page(initial));
    return { text: () => container.textContent, show: (mode: Mode) => rerender(page(mode)) };
  };

  it('is available from React 19.2 on', () => {
    expect(Activity !== undefined).toBe(major >= 19);
  });

  it('does not dial while it is hidden from the start', () => {
    const { show } = renderActivity({}, 'hidden');
    advance(60_000);
    expect(sockets()).toEqual([]);
    show('visible');
    expect(sockets()).toHaveLength(1);
  });

  it('closes when it is hidden and dials again when it is revealed', () => {
    const { text, show } = renderActivity();
    socket().open();
    show('hidden');
    advance(0);
    expect(socketsInUse()).toEqual([]);
    show('visible');
    expect(sockets()).toHaveLength(2);
    expect(text()).toBe('connecting');
  });

  it('keeps its socket when it is hidden and revealed within linger', () => {
    const { text, show } = renderActivity({ linger: 1_000, share: true });
    socket().open();
    show('hidden');
    advance(999);
    show('visible');
    expect(text()).toBe('open');
    advance(60_000);
    expect(sockets()).toHaveLength(1);
    expect(socket().isInUse).toBe(true);
    show('hidden');
    advance(1_000);
    expect(socketsInUse()).toEqual([]);
  });
});
