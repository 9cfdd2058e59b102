import { act, render, renderHook } from '@testing-library/react';
import * as React from 'react';
import { type ComponentType, type ReactNode, StrictMode, Suspense, useState } from 'react';
import { describe, expect, it } from 'vitest';

import { useMessageReducer, useWebSocket, type WebSocketOptions } from '../../src/index.js';
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
} from '../support/reactFakes.js';

withFakes();

const major = Number.parseInt(React.version);

function Status({ url = URL_A, options }: { url?: string; options?: WebSocketOptions }) {
  return <p>{useWebSocket(url, options).status}</p>;
}

describe('StrictMode', () => {
  it('dials once, through every state', () => {
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

  it('runs effects twice from React 18 on: that is what these tests are about', () => {
    let runs = 0;
    renderHook(() => React.useEffect(() => void (runs += 1), []), { wrapper: StrictMode });
    expect(runs).toBe(major >= 18 ? 2 : 1);
  });

  it('asks a URL function once, and aborts nothing', async () => {
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

  it('tells each callback once', () => {
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
  it('by another React key is a fresh start: another connection, with nothing of the old one', () => {
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

  it('in place, of the effects alone (Fast Refresh), dials once and loses no message', () => {
    // Another length of the effect's dependencies re-runs nothing; StrictMode is the platform's own re-run.
    const { result } = renderHook(() => useMessageReducer(useWebSocket(URL_A), (count) => count + 1, 0), {
      wrapper: StrictMode,
    });
    socket().open();
    socket().message('a', 'b');
    advance(FRAME);
    expect(result.current).toBe(2);
    expect(sockets()).toHaveLength(1);
  });

  it('elsewhere in the tree, in one go, keeps a shared connection', () => {
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
    // Without Activity, conditional rendering is what an application has.
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

  it('is there from React 19.2 on', () => {
    expect(Activity !== undefined).toBe(major >= 19);
  });

  it('dials nothing while it is hidden from the start', () => {
    const { show } = renderActivity({}, 'hidden');
    advance(60_000);
    expect(sockets()).toEqual([]);
    show('visible');
    expect(sockets()).toHaveLength(1);
  });

  it('lets go when it is hidden, and dials anew when it is shown', () => {
    const { text, show } = renderActivity();
    socket().open();
    show('hidden');
    advance(0);
    expect(socketsInUse()).toEqual([]);
    show('visible');
    expect(sockets()).toHaveLength(2);
    expect(text()).toBe('connecting');
  });

  it('keeps its socket when it is hidden and shown within linger', () => {
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

describe('Suspense', () => {
  /** A component that waits for what `resume` brings. */
  function createWaiting() {
    let isReady = false;
    let resume = (): void => undefined;
    const promise = new Promise<void>((resolve) => {
      resume = () => {
        isReady = true;
        resolve();
      };
    });
    function Waiting() {
      // What React.use() does, and what older versions understand.
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      if (!isReady) throw promise;
      return null;
    }
    return { Waiting, resume };
  }

  it('before the first commit never dials', async () => {
    const { Waiting, resume } = createWaiting();
    function Page() {
      const { status } = useWebSocket(URL_A);
      return (
        <>
          {status}
          <Waiting />
        </>
      );
    }
    const early = render(
      <Suspense fallback="loading">
        <PageThatWaitsItself isReady={() => false} />
      </Suspense>,
    );
    advance(60_000);
    expect(sockets()).toEqual([]);
    early.unmount();

    const { container } = render(
      <Suspense fallback="loading">
        <Page />
      </Suspense>,
    );
    resume();
    await settle();
    advance(FRAME);
    await settle();
    expect(container.textContent).toContain('connecting');
    expect(sockets()).toHaveLength(1);
  });

  /** Uses a connection and waits for ever, in one component. */
  function PageThatWaitsItself({ isReady }: { isReady: () => boolean }) {
    const { status } = useWebSocket(URL_A);
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    if (!isReady()) throw new Promise(() => undefined);
    return <p>{status}</p>;
  }

  it('after it keeps the connection', async () => {
    const { Waiting, resume } = createWaiting();
    let wait = (): void => undefined;
    function Page() {
      const [waits, setWaits] = useState(false);
      wait = () => setWaits(true);
      return (
        <>
          {useWebSocket(URL_A).status}
          {waits && <Waiting />}
        </>
      );
    }
    const { container } = render(
      <Suspense fallback="loading">
        <Page />
      </Suspense>,
    );
    socket().open();
    act(() => wait());
    advance(60_000);
    expect(socket().isInUse).toBe(true);
    resume();
    await settle();
    advance(FRAME);
    await settle();
    expect(container.textContent).toContain('open');
    expect(sockets()).toHaveLength(1);
  });
});

describe('startTransition', () => {
  const startTransition = (React as { startTransition?: (scope: () => void) => void }).startTransition;

  it('to another URL replaces the connection once', () => {
    let go = (_url: string): void => undefined;
    function Page() {
      const [url, setUrl] = useState(URL_A);
      go = setUrl;
      return <Status url={url} />;
    }
    const { container } = render(<Page />);
    socket().open();
    act(() => (startTransition ? startTransition(() => go(URL_B)) : go(URL_B)));
    advance(0);
    expect(container.textContent).toBe('connecting');
    expect(sockets().map(({ url }) => url)).toEqual([URL_A, URL_B]);
    expect(socketsInUse()).toEqual([socket()]);
  });
});
