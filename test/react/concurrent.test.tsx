import { act, render } from '@testing-library/react';
import * as React from 'react';
import { Suspense, useEffect, useReducer, useState } from 'react';
import { describe, expect, it } from 'vitest';

import { useWebSocket } from '../../src/index.js';
import {
  advance,
  FRAME,
  settle,
  socket,
  sockets,
  socketsInUse,
  suspend,
  URL_A,
  URL_B,
  withFakes,
} from '../support/reactFakes.js';

withFakes();

describe('Suspense', () => {
  /** A component that suspends until `resume` is called. */
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
      return isReady ? null : suspend(promise);
    }
    return { Waiting, resume };
  }

  it('does not dial before the first commit', async () => {
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

  /** Uses a connection and suspends for ever in one component. */
  function PageThatWaitsItself({ isReady }: { isReady: () => boolean }) {
    const { status } = useWebSocket(URL_A);
    if (!isReady()) suspend();
    return <p>{status}</p>;
  }

  it('keeps the connection when a component suspends after it has mounted', async () => {
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

  it('loses no message when a mounted component suspends', async () => {
    const { Waiting, resume } = createWaiting();
    let wait = (): void => undefined;
    const heard: unknown[] = [];
    const closed: number[] = [];
    function Page() {
      useWebSocket(URL_A, {
        onMessage: (message) => heard.push(message),
        onClose: ({ code }) => closed.push(code),
      });
      return null;
    }
    function Parent() {
      const [waits, setWaits] = useState(false);
      wait = () => setWaits(true);
      return (
        <Suspense fallback="loading">
          <Page />
          {waits && <Waiting />}
        </Suspense>
      );
    }
    const { container } = render(<Parent />);
    socket().open();
    socket().message('before');
    act(() => wait());
    expect(container.textContent).toBe('loading');
    socket().message('while it waits');
    act(() => socket().end(1012));
    resume();
    await settle();
    advance(FRAME);
    await settle();
    expect(heard).toEqual(['before', 'while it waits']);
    expect(closed).toEqual([1012]);
  });
});

describe('startTransition', () => {
  const startTransition = (React as { startTransition?: (scope: () => void) => void }).startTransition;

  it('replaces the connection once when it changes the URL', () => {
    let go = (_url: string): void => undefined;
    function Page() {
      const [url, setUrl] = useState(URL_A);
      go = setUrl;
      return <p>{useWebSocket(url).status}</p>;
    }
    const { container } = render(<Page />);
    socket().open();
    act(() => (startTransition ? startTransition(() => go(URL_B)) : go(URL_B)));
    advance(0);
    expect(container.textContent).toBe('connecting');
    expect(sockets().map(({ url }) => url)).toEqual([URL_A, URL_B]);
    expect(socketsInUse()).toEqual([socket()]);
  });

  // Older versions do not keep the previous UI while a transition is pending.
  if (startTransition)
    it('does not change the displayed handle while a transition to enabled: false is pending', async () => {
      let disable = (): void => undefined;
      let runs = 0;
      function Page() {
        const [enabled, setEnabled] = useState(true);
        const [, again] = useReducer((count: number) => count + 1, 0);
        disable = () => setEnabled(false);
        const handle = useWebSocket(URL_A, { enabled });
        useEffect(() => {
          runs += 1;
          const timer = setTimeout(again, 10);
          return () => clearTimeout(timer);
        }, [handle]);
        return enabled ? null : suspend();
      }
      render(
        <Suspense fallback="loading">
          <Page />
        </Suspense>,
      );
      socket().open();
      advance(1_000);
      runs = 0;
      act(() => startTransition(() => disable()));
      // One change of the state creates one handle, however often React retries the render.
      socket().end(1012);
      for (let i = 0; i < 40; i += 1) {
        advance(10);
        await settle();
      }
      expect(runs).toBe(1);
    });
});
