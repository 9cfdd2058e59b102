import { act, render, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { type DroppedMessage, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { advanceTime, type MockService, startMockService, setUpMockServices } from './mockService.js';

setUpMockServices();

/** Renders a panel that shows the state of its connection. */
function renderPanel({ url }: MockService) {
  const seen: string[] = [];
  const dropped: DroppedMessage[] = [];
  let handle!: WebSocketHandle;
  function Panel() {
    handle = useWebSocket(url, { onDrop: (drop) => dropped.push(drop) });
    const { status, attempt, cause } = handle;
    const text = cause ? `${status} ${attempt}: ${cause.name}` : status;
    if (seen.at(-1) !== text) seen.push(text);
    return <p>{text}</p>;
  }
  const { container } = render(<Panel />);
  return { text: () => container.textContent, seen, dropped, handle: () => handle };
}

describe('a service restart (1012)', () => {
  it('ends within 1 to 5 seconds without downtime', () => {
    const service = startMockService();
    const { text, handle } = renderPanel(service);
    advanceTime(10);
    expect(text()).toBe('open');
    service.stop(1012, 'deploying');
    service.start();
    const { retryAt } = handle();
    expect(retryAt! - Date.now()).toBeGreaterThanOrEqual(1_000);
    expect(retryAt! - Date.now()).toBeLessThanOrEqual(5_000);
    advanceTime(5_010);
    expect(text()).toBe('open');
    expect(service.clients()).toHaveLength(1);
  });

  it('keeps retrying through a minute of downtime and shows the cause all the time', () => {
    const service = startMockService();
    const { text, seen } = renderPanel(service);
    advanceTime(10);
    service.takeDials();
    service.stop(1012, 'deploying');
    const stoppedAt = Date.now();
    while (Date.now() - stoppedAt < 60_000) {
      expect(text()).toMatch(/^reconnecting \d+: Service Restart$/);
      advanceTime(250);
    }
    service.start();
    advanceTime(5_010);
    expect(text()).toBe('open');

    const dials = service.takeDials();
    const gaps = dials.slice(1).map((at, i) => at - dials[i]!);
    expect(dials.length).toBeGreaterThanOrEqual(11);
    for (const gap of gaps) {
      expect(gap).toBeGreaterThanOrEqual(4_000);
      expect(gap).toBeLessThanOrEqual(5_010);
    }
    expect(seen.at(-2)).toBe(`reconnecting ${dials.length}: Service Restart`);
  });

  it('sends the messages queued meanwhile once and in order after it reconnects', () => {
    const service = startMockService();
    const { handle, dropped } = renderPanel(service);
    advanceTime(10);
    expect(handle().send('before')).toBe('sent');
    advanceTime(10);
    service.stop(1012);
    expect(handle().send('meanwhile 1')).toBe('queued');
    advanceTime(2_000);
    expect(handle().send('meanwhile 2')).toBe('queued');
    service.start();
    advanceTime(10_000);
    expect(service.received).toEqual(['before', 'meanwhile 1', 'meanwhile 2']);
    expect(dropped).toEqual([]);
  });

  it('drops a queued message with the reason expired after 30 seconds of downtime', () => {
    const service = startMockService();
    const { handle, dropped } = renderPanel(service);
    advanceTime(10);
    service.stop(1012);
    handle().send('stale');
    advanceTime(29_999);
    expect(dropped).toEqual([]);
    advanceTime(1);
    expect(dropped).toEqual([{ message: 'stale', reason: 'expired' }]);
    service.start();
    advanceTime(6_000);
    expect(service.received).toEqual([]);
  });

  it('opens at once when the user calls reconnect()', () => {
    const service = startMockService();
    const { text, handle } = renderPanel(service);
    advanceTime(10);
    service.stop(1012);
    service.start();
    advanceTime(300);
    act(() => handle().reconnect());
    advanceTime(10);
    expect(text()).toBe('open');
    advanceTime(10_000);
    expect(service.clients()).toHaveLength(1);
  });

  it('spreads the dials of a hundred clients over the window', () => {
    const service = startMockService();
    renderHook(() => {
      // A fixed number of hooks.
      // eslint-disable-next-line react-hooks/rules-of-hooks
      for (let i = 0; i < 100; i += 1) useWebSocket(service.url);
    });
    advanceTime(10);
    service.takeDials();
    service.stop(1012);
    service.start();
    advanceTime(5_010);
    const dials = service.takeDials();
    expect(dials).toHaveLength(100);
    expect(dials.at(-1)).toBeGreaterThan(2_000);
    const busiest = Math.max(...dials.map((at) => dials.filter((other) => Math.abs(other - at) < 50).length));
    expect(busiest).toBeLessThan(20);
  });
});

describe('a server that closes every socket right after it opened', () => {
  it('gets one dial and maxAttempts retries', () => {
    const service = startMockService({
      onConnect: (client) => client.close({ code: 1011, reason: 'crash', wasClean: true }),
    });
    const { result } = renderHook(() => useWebSocket(service.url, { reconnect: { maxAttempts: 3 } }));
    advanceTime(3_600_000);
    expect(service.takeDials()).toHaveLength(4);
    expect(result.current).toMatchObject({
      status: 'failed',
      attempt: 3,
      error: { kind: 'exhausted', close: { code: 1011, reason: 'crash' } },
    });
  });

  it('gets dials at growing intervals by default, because the connection never becomes stable', () => {
    const service = startMockService({
      onConnect: (client) => client.close({ code: 1001, reason: '', wasClean: true }),
    });
    const { result } = renderHook(() => useWebSocket(service.url));
    advanceTime(120_000);
    expect(service.takeDials().length).toBeLessThan(60);
    expect(result.current.attempt).toBeGreaterThan(5);
  });

  it('restarts the attempt count after the connection was stable', () => {
    const service = startMockService();
    const { result } = renderHook(() => useWebSocket(service.url));
    advanceTime(10);
    service.stop();
    advanceTime(20_000);
    expect(result.current.attempt).toBeGreaterThan(1);
    service.start();
    advanceTime(40_000);
    expect(result.current).toMatchObject({ status: 'open', attempt: 0 });
    service.stop();
    expect(result.current.attempt).toBe(1);
  });
});
