import { renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { createConnection, json, useLatestMessage, useWebSocket } from '../../src/index.js';
import { advance, FRAME, socket, sockets, URL_A, URL_B, withFakes } from '../support/reactFakes.js';

withFakes();

interface Quote {
  readonly symbol: string;
  readonly price: number;
}
const createQuotes = (url = URL_A) => createConnection<Quote>(url, { contract: json<Quote>() });
const quote = (symbol: string, price: number): string => JSON.stringify({ symbol, price });

describe('useLatestMessage', () => {
  it('returns undefined until there is a message, then the newest one, once a frame', () => {
    const seen: unknown[] = [];
    const { result } = renderHook(() => {
      const latest = useLatestMessage(useWebSocket(URL_A));
      seen.push(latest);
      return latest;
    });
    expect(result.current).toBeUndefined();
    socket().open();
    const before = seen.length;
    socket().message('a', 'b', 'c');
    advance(FRAME);
    expect(seen.slice(before)).toEqual(['c']);
  });

  it('accepts a connection as its source', () => {
    const quotes = createQuotes();
    const { result } = renderHook(() => useLatestMessage(quotes));
    expect(sockets()).toHaveLength(1);
    socket().open();
    socket().message(quote('AAPL', 1));
    advance(FRAME);
    expect(result.current).toEqual({ symbol: 'AAPL', price: 1 });
  });

  it('keeps the result of select, and ignores undefined without a render', () => {
    const quotes = createQuotes();
    const renders = vi.fn();
    const { result } = renderHook(() => {
      renders();
      return useLatestMessage(quotes, (q) => (q.symbol === 'AAPL' ? q.price : undefined));
    });
    socket().open();
    socket().message(quote('AAPL', 1));
    advance(FRAME);
    const before = renders.mock.calls.length;
    socket().message(quote('MSFT', 2), quote('GOOG', 3));
    advance(FRAME);
    expect(result.current).toBe(1);
    expect(renders).toHaveBeenCalledTimes(before);
  });

  it.each([null, 0, false, ''])('accepts %j as a value', (value) => {
    const values = createConnection<unknown>(URL_A, { contract: json() });
    const { result } = renderHook(() => useLatestMessage(values));
    socket().open();
    socket().message('"something"', JSON.stringify(value));
    advance(FRAME);
    expect(result.current).toBe(value);
  });

  it('does not render for the same value', () => {
    const quotes = createQuotes();
    const renders = vi.fn();
    renderHook(() => {
      renders();
      return useLatestMessage(quotes, ({ price }) => price);
    });
    socket().open();
    socket().message(quote('A', 1));
    advance(FRAME);
    const before = renders.mock.calls.length;
    socket().message(quote('B', 1));
    advance(FRAME);
    expect(renders).toHaveBeenCalledTimes(before);
  });

  it('keeps a selected function and does not call it', () => {
    const quotes = createQuotes();
    const called = vi.fn();
    const { result } = renderHook(() => useLatestMessage(quotes, () => called));
    socket().open();
    socket().message(quote('A', 1));
    advance(FRAME);
    expect(result.current).toBe(called);
    expect(called).not.toHaveBeenCalled();
  });

  it('calls the newest select', () => {
    const quotes = createQuotes();
    const { result, rerender } = renderHook(
      ({ factor }) => useLatestMessage(quotes, ({ price }) => price * factor),
      { initialProps: { factor: 1 } },
    );
    socket().open();
    socket().message(quote('A', 1));
    rerender({ factor: 10 });
    socket().message(quote('A', 2));
    advance(FRAME);
    expect(result.current).toBe(20);
  });

  it('starts again with another connection', () => {
    const { result, rerender } = renderHook(({ quotes }) => useLatestMessage(quotes), {
      initialProps: { quotes: createQuotes() },
    });
    socket().open();
    socket().message(quote('A', 1));
    advance(FRAME);
    rerender({ quotes: createQuotes(URL_B) });
    expect(result.current).toBeUndefined();
  });

  it('keeps the newest message through an outage', () => {
    const { result } = renderHook(() => useLatestMessage(useWebSocket(URL_A)));
    socket().open();
    socket().message('last words');
    advance(FRAME);
    socket().end(1012);
    expect(result.current).toBe('last words');
  });

  it('ignores a message that breaks the contract', () => {
    const quotes = createQuotes();
    const { result } = renderHook(() => useLatestMessage(quotes));
    socket().open();
    socket().message(quote('A', 1), '{', new ArrayBuffer(1));
    advance(FRAME);
    expect(result.current).toEqual({ symbol: 'A', price: 1 });
  });
});
