import { render, renderHook } from '@testing-library/react';
import { Fragment, StrictMode, Suspense } from 'react';
import { describe, expect, it, vi } from 'vitest';

import { type UrlSource, useWebSocket, type WebSocketOptions } from '../../src/index.js';
import { advance, AFTER_RESTART, socket, suspend, URL_A, withFakes } from '../support/reactFakes.js';

withFakes();

const renderShared = (source: UrlSource = URL_A, options: WebSocketOptions = {}) =>
  renderHook((props) => useWebSocket(props.source, { share: true, ...props.options }), {
    initialProps: { source, options },
  });

describe('the options of a shared connection', () => {
  const WIDE = { reconnect: { minDelay: 100, maxDelay: 100 } };

  it('are those of the first component', () => {
    const { result } = renderShared(URL_A, WIDE);
    renderShared(URL_A, { reconnect: { minDelay: 9_000, maxDelay: 9_000 } });
    socket().open();
    socket().end(1012);
    expect(result.current.retryAt).toBe(Date.now() + 100);
  });

  it('may be values that JSON cannot represent', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const renderWithTopics = () => {
      const topics: WebSocketOptions['topics'] = Object.assign({ of: () => undefined }, circular);
      return renderShared(URL_A, { topics });
    };
    const { result } = renderWithTopics();
    renderWithTopics();
    socket().open();
    expect(result.current.status).toBe('open');
  });

  it.each([
    ['in StrictMode', StrictMode],
    ['outside of StrictMode', Fragment],
  ])('are updated by the renders of the first component %s', (_, wrapper) => {
    const { result, rerender } = renderHook(
      ({ delay }) =>
        useWebSocket(() => `${URL_A}?delay=${delay}`, {
          share: true,
          key: 'a',
          reconnect: { minDelay: delay, maxDelay: delay },
        }),
      { initialProps: { delay: 100 }, wrapper },
    );
    socket().open();
    rerender({ delay: 200 });
    socket().end(1012);
    expect(result.current.retryAt).toBe(Date.now() + 200);
    advance(200);
    expect(socket().url).toBe(`${URL_A}?delay=200`);
  });

  it('are not those of a component that never mounted', () => {
    const Waits = () => {
      useWebSocket(URL_A, { share: true, reconnect: { minDelay: 9_000, maxDelay: 9_000 } });
      return suspend();
    };
    let retryAt: number | null = null;
    const Mounts = () => {
      ({ retryAt } = useWebSocket(URL_A, { share: true, ...WIDE }));
      return null;
    };
    render(
      <>
        <Suspense fallback="loading">
          <Waits />
        </Suspense>
        <Mounts />
      </>,
    );
    socket().open();
    socket().end(1012);
    expect(retryAt).toBe(Date.now() + 100);
  });

  it('are those of a component that is still mounted after the first has unmounted', () => {
    const options = (user: string) => ({ key: 'a', protocols: () => user });
    const first = renderShared(() => `${URL_A}?token=first`, options('first'));
    const second = renderShared(() => `${URL_A}?token=second`, options('second'));
    socket().open();
    first.unmount();
    second.rerender({ source: () => `${URL_A}?token=fresh`, options: options('second') });
    socket().end(1012);
    advance(AFTER_RESTART);
    expect(socket().url).toBe(`${URL_A}?token=fresh`);
  });

  it('cause one warning when they contradict those of the first component', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    renderShared(URL_A, { linger: 0, ...WIDE });
    expect(warn).not.toHaveBeenCalled();
    renderShared(URL_A, { linger: 50 });
    renderShared(URL_A, { linger: 50 });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(String(warn.mock.calls[0]?.[0])).toMatch(/share.*linger|linger.*share/);
  });

  it('cause no warning when they differ only in identity', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    for (let i = 0; i < 3; i += 1)
      renderShared(URL_A, { reconnect: { maxDelay: 6_000 }, onMessage: () => undefined });
    expect(warn).not.toHaveBeenCalled();
  });
});
