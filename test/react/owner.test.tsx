import { act, render, renderHook } from '@testing-library/react';
import * as React from 'react';
import type * as ReactDOMClient from 'react-dom/client';
import { Suspense, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';

import {
  useWebSocket,
  useWebSocketContext,
  type WebSocketHandle,
  WebSocketProvider,
} from '../../src/index.js';
import {
  advance,
  Boundary,
  expectErrors,
  FakeSocket,
  settle,
  socket,
  sockets,
  suspend,
  URL_A,
  withFakes,
} from '../support/reactFakes.js';

const { startTransition } = React as { startTransition?: (scope: () => void) => void };
const Status = () => <p>{useWebSocketContext().status}</p>;

describe('the component that owns a connection', () => {
  withFakes();

  it('is mounted before any dial, so that the options of an unmounted component are not used', () => {
    function Abandoned(): null {
      useWebSocket(() => 'wss://abandoned.example/', { share: true, key: 'one' });
      return suspend();
    }
    function Reader({ handle }: { readonly handle: WebSocketHandle }) {
      useWebSocket(handle.connection);
      return null;
    }
    const Mounted = () => <Reader handle={useWebSocket(() => URL_A, { share: true, key: 'one' })} />;
    render(
      <>
        <Suspense fallback="loading">
          <Abandoned />
        </Suspense>
        <Mounted />
      </>,
    );
    expect(sockets().map(({ url }) => url)).toEqual([URL_A]);
  });

  it('refuses messages through its handle after it has unmounted', async () => {
    const dropped: unknown[] = [];
    let handle: WebSocketHandle | undefined;
    function Page() {
      handle = useWebSocket(URL_A, { onDrop: (drop) => dropped.push(drop) });
      return null;
    }
    render(<Page />).unmount();
    expect(handle?.send('in time to be handed back')).toBe('queued');
    advance(0);
    expect(dropped).toEqual([{ message: 'in time to be handed back', reason: 'unmounted' }]);
    expect(handle?.send('late')).toBe('refused');
    // Another component may still use the connection.
    const release = handle?.connection?.retain();
    expect(handle?.send('again')).toBe('queued');
    await settle();
    socket().open();
    expect(socket().sent).toEqual(['again']);
    release?.();
    advance(0);
  });

  it('refuses messages while it is disabled, also after other components have used the connection', () => {
    const { result } = renderHook(() => useWebSocket(URL_A, { enabled: false }));
    result.current.connection?.retain()();
    advance(0);
    expect(result.current.send('late')).toBe('refused');
  });

  it('cannot delay the drop of its messages by sending them again', () => {
    const results: unknown[] = [];
    const { result, unmount } = renderHook(() =>
      useWebSocket(URL_A, { onDrop: ({ message }) => results.push(message, result.current.send(message)) }),
    );
    result.current.send('bye');
    unmount();
    advance(60_000);
    expect(results).toEqual(['bye', 'refused']);
  });

  it('gets another connection when the shared one failed during its linger time', () => {
    expectErrors();
    const options = { share: true, linger: Infinity, throwOnError: true };
    const first = renderHook(() => useWebSocket(URL_A, options));
    socket().open();
    first.unmount();
    socket().end(1003);
    const { result, unmount } = renderHook(() => useWebSocket(URL_A, { ...options, linger: 0 }));
    expect(result.current.status).toBe('connecting');
    unmount();
    advance(0);
  });

  it('gets another connection when an error boundary resets, however long the failed one might linger', async () => {
    expectErrors();
    const options = { share: true, linger: 60_000, throwOnError: true };
    const Page = () => <>{useWebSocket(URL_A, options).status}</>;
    const { container, unmount } = render(
      <Boundary>
        <Page />
      </Boundary>,
    );
    socket().open();
    socket().end(1003);
    await settle();
    advance(1_000);
    act(() => container.querySelector('button')?.click());
    expect(container.textContent).toBe('connecting');
    unmount();
    advance(60_000);
  });

  it('does not receive the dropped messages of others after it was disabled and unmounted', () => {
    let told = 0;
    let handle: WebSocketHandle | undefined;
    const options = { share: true, linger: 100_000 } as const;
    function User() {
      handle = useWebSocket(URL_A, options);
      return null;
    }
    function Bystander() {
      useWebSocket(URL_A, { ...options, enabled: false, onDrop: () => (told += 1) });
      return null;
    }
    render(<User />).unmount();
    for (let i = 0; i < 100; i += 1) {
      render(<Bystander />).unmount();
      advance(0);
    }
    expect(handle?.send('of none of them')).toBe('queued');
    handle?.close();
    advance(100_000);
    expect(told).toBe(0);
  });
});

const inSlices = async (): Promise<void> => {
  const client = 'react-dom/client';
  const { createRoot } = (await import(/* @vite-ignore */ client)) as typeof ReactDOMClient;
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.made = [];
  /** Renders for longer than a time slice. */
  function Slow() {
    const end = performance.now() + 12;
    while (performance.now() < end);
    return null;
  }
  const provider = (
    <WebSocketProvider url={URL_A} share>
      <Status />
    </WebSocketProvider>
  );
  let go = (): void => undefined;
  function Page() {
    const [isShown, show] = useState(false);
    go = () => show(true);
    return isShown ? (
      <>
        {provider}
        <Slow />
        <Slow />
        {provider}
      </>
    ) : (
      'empty'
    );
  }
  const place = document.createElement('div');
  const root = createRoot(place);
  root.render(<Page />);
  await vi.waitFor(() => expect(place.textContent).toBe('empty'));
  startTransition?.(() => go());
  await vi.waitFor(() => expect(place.textContent).toBe('connectingconnecting'));
  // The first render shows `connecting`; the dial follows in the passive effects.
  await vi.waitFor(() => expect(FakeSocket.made).toHaveLength(1));
  root.unmount();
  await vi.waitFor(() => expect(FakeSocket.made[0]?.isInUse).toBe(false));
  vi.unstubAllGlobals();
};

// Older versions do not render in time slices.
if (startTransition) it('dials once when shared providers are rendered in time slices', inSlices);
