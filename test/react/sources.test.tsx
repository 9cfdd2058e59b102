import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { type DialContext, type UrlSource, useWebSocket, type WebSocketOptions } from '../../src/index.js';
import {
  advance,
  AFTER_REFUSAL,
  AFTER_RESTART,
  settle,
  socket,
  sockets,
  URL_A,
  URL_B,
  withFakes,
} from '../support/reactFakes.js';

withFakes();

function renderSource(source: UrlSource, options: WebSocketOptions = {}) {
  return renderHook((props) => useWebSocket(props.source, props.options), {
    initialProps: { source, options },
  });
}

/** Creates a promise that the test resolves or rejects. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('useWebSocket', () => {
  it('dials a URL string', () => {
    renderSource(URL_A);
    expect(socket()).toMatchObject({ url: URL_A, offered: [] });
  });

  it('dials a URL object and treats an equal one as the same', () => {
    const { rerender } = renderSource(new URL(URL_A));
    rerender({ source: new URL(URL_A), options: {} });
    advance(1_000);
    expect(sockets().map(({ url }) => url)).toEqual([URL_A]);
  });

  it('dials the result of a function', () => {
    const { result } = renderSource(() => new URL(URL_A));
    expect(socket().url).toBe(URL_A);
    expect(result.current.status).toBe('connecting');
  });

  it('dials the result of an async function', async () => {
    const { result } = renderSource(async () => URL_A);
    expect(result.current.status).toBe('connecting');
    await settle();
    expect(socket().url).toBe(URL_A);
  });

  it('offers subprotocols and reports the selected one', () => {
    const opened: string[] = [];
    renderSource(URL_A, { protocols: ['v2', 'v1'], onOpen: ({ protocol }) => opened.push(protocol) });
    expect(socket().offered).toEqual(['v2', 'v1']);
    socket().open('v1');
    expect(opened).toEqual(['v1']);
  });

  it('offers the subprotocols of a function, which is called for every dial', async () => {
    let token = 0;
    renderSource(URL_A, { protocols: async () => [`bearer.${(token += 1)}`] });
    await settle();
    socket().open();
    socket().end(1012);
    advance(AFTER_RESTART);
    await settle();
    expect(sockets().map(({ offered }) => offered)).toEqual([['bearer.1'], ['bearer.2']]);
  });
});

describe('a function as URL', () => {
  it('is called for every dial with its context', () => {
    const dials: DialContext[] = [];
    renderSource((dial) => {
      dials.push(dial);
      return `${URL_A}?token=${dials.length}`;
    });
    socket().open();
    socket().end(1012);
    advance(AFTER_RESTART);
    socket().refuse();
    advance(AFTER_REFUSAL);
    expect(dials).toMatchObject([
      { attempt: 0, lastClose: null },
      { attempt: 1, lastClose: { code: 1012 } },
      { attempt: 2, lastClose: { code: 1006 } },
    ]);
    expect(sockets().map(({ url }) => url.at(-1))).toEqual(['1', '2', '3']);
  });

  it('is the newest one at the next dial, and never a reason to dial', () => {
    const { rerender } = renderSource(() => `${URL_A}?token=old`);
    socket().open();
    for (let i = 0; i < 100; i += 1) rerender({ source: () => `${URL_A}?token=${i}`, options: {} });
    expect(sockets()).toHaveLength(1);
    socket().end(1012);
    advance(AFTER_RESTART);
    expect(sockets()).toHaveLength(2);
    expect(socket().url).toBe(`${URL_A}?token=99`);
  });

  it('counts as a failed attempt when it rejects, and is reported to onError', async () => {
    const errors: unknown[] = [];
    const expired = new Error('no token');
    let tries = 0;
    const { result } = renderSource(
      async () => {
        tries += 1;
        if (tries === 1) throw expired;
        return URL_A;
      },
      { onError: (error) => errors.push(error) },
    );
    await settle();
    expect(errors).toEqual([expired]);
    expect(result.current).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      cause: { code: 1006, opened: false },
    });
    advance(AFTER_REFUSAL);
    await settle();
    expect(tries).toBe(2);
    expect(socket().url).toBe(URL_A);
  });

  it('counts as a failed attempt when it throws, without an error in render', () => {
    const { result } = renderSource(
      () => {
        throw new Error('no token');
      },
      { reconnect: { maxAttempts: 1 } },
    );
    expect(result.current.status).toBe('reconnecting');
    advance(AFTER_REFUSAL);
    expect(result.current).toMatchObject({ status: 'failed', error: { kind: 'exhausted' } });
  });

  it('is aborted after connectTimeout when its promise never settles', () => {
    const signals: AbortSignal[] = [];
    const { result } = renderSource(({ signal }) => {
      signals.push(signal);
      return new Promise<string>(() => undefined);
    });
    advance(19_999);
    expect(result.current.status).toBe('connecting');
    advance(1);
    expect(result.current.status).toBe('reconnecting');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('is aborted on unmount, and a late result causes no dial', async () => {
    const url = deferred<string>();
    const signals: AbortSignal[] = [];
    const { unmount } = renderSource(({ signal }) => {
      signals.push(signal);
      return url.promise;
    });
    unmount();
    advance(0);
    expect(signals[0]?.aborted).toBe(true);
    url.resolve(URL_A);
    await settle();
    expect(sockets()).toEqual([]);
  });

  it('is not called again after an unmount in the middle of an outage', async () => {
    const source = vi.fn(async () => Promise.reject(new Error('no token')));
    const { unmount } = renderSource(source);
    await settle();
    advance(AFTER_REFUSAL);
    await settle();
    expect(source).toHaveBeenCalledTimes(2);
    unmount();
    advance(3_600_000);
    await settle();
    expect(source).toHaveBeenCalledTimes(2);
  });

  it('is not called after close() cancels a retry', () => {
    const source = vi.fn(() => URL_A);
    const { result } = renderSource(source);
    socket().refuse();
    act(() => result.current.close());
    advance(60_000);
    expect(source).toHaveBeenCalledTimes(1);
  });

  it('cannot replace a newer connection when its key has changed and its result is late', async () => {
    const slow = deferred<string>();
    const { result, rerender } = renderSource(() => slow.promise, { key: 'a' });
    rerender({ source: async () => URL_B, options: { key: 'b' } });
    await settle();
    advance(0);
    socket().open();
    expect(result.current.status).toBe('open');
    slow.resolve(URL_A);
    await settle();
    expect(sockets().map(({ url }) => url)).toEqual([URL_B]);
    expect(result.current.status).toBe('open');
  });
});
