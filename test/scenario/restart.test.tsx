import { act, render, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { type DroppedMessage, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { pass, type Service, startService, withServices } from './service.js';

withServices();

/** What a person sees of a connection. */
function renderPanel({ url }: Service) {
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
  it('without downtime is over within 1 to 5 seconds', () => {
    const service = startService();
    const { text, handle } = renderPanel(service);
    pass(10);
    expect(text()).toBe('open');
    service.stop(1012, 'deploying');
    service.start();
    const { retryAt } = handle();
    expect(retryAt! - Date.now()).toBeGreaterThanOrEqual(1_000);
    expect(retryAt! - Date.now()).toBeLessThanOrEqual(5_000);
    pass(5_010);
    expect(text()).toBe('open');
    expect(service.clients()).toHaveLength(1);
  });

  it('with a minute of downtime is waited for, and its reason shown all the time', () => {
    const service = startService();
    const { text, seen } = renderPanel(service);
    pass(10);
    service.takeDials();
    service.stop(1012, 'deploying');
    const gone = Date.now();
    while (Date.now() - gone < 60_000) {
      expect(text()).toMatch(/^reconnecting \d+: Service Restart$/);
      pass(250);
    }
    service.start();
    pass(5_010);
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

  it('sends what was said meanwhile, once and in order, as soon as it is back', () => {
    const service = startService();
    const { handle, dropped } = renderPanel(service);
    pass(10);
    expect(handle().send('before')).toBe('sent');
    pass(10);
    service.stop(1012);
    expect(handle().send('meanwhile 1')).toBe('queued');
    pass(2_000);
    expect(handle().send('meanwhile 2')).toBe('queued');
    service.start();
    pass(10_000);
    expect(service.received).toEqual(['before', 'meanwhile 1', 'meanwhile 2']);
    expect(dropped).toEqual([]);
  });

  it('that lasts longer than a message may wait hands the message back', () => {
    const service = startService();
    const { handle, dropped } = renderPanel(service);
    pass(10);
    service.stop(1012);
    handle().send('stale');
    pass(29_999);
    expect(dropped).toEqual([]);
    pass(1);
    expect(dropped).toEqual([{ message: 'stale', reason: 'expired' }]);
    service.start();
    pass(6_000);
    expect(service.received).toEqual([]);
  });

  it('can be cut short by the user', () => {
    const service = startService();
    const { text, handle } = renderPanel(service);
    pass(10);
    service.stop(1012);
    service.start();
    pass(300);
    act(() => handle().reconnect());
    pass(10);
    expect(text()).toBe('open');
    pass(10_000);
    expect(service.clients()).toHaveLength(1);
  });

  it('brings a hundred clients back spread over the window', () => {
    const service = startService();
    renderHook(() => {
      // A fixed number of hooks.
      // eslint-disable-next-line react-hooks/rules-of-hooks
      for (let i = 0; i < 100; i += 1) useWebSocket(service.url);
    });
    pass(10);
    service.takeDials();
    service.stop(1012);
    service.start();
    pass(5_010);
    const dials = service.takeDials();
    expect(dials).toHaveLength(100);
    expect(dials.at(-1)).toBeGreaterThan(2_000);
    const busiest = Math.max(...dials.map((at) => dials.filter((other) => Math.abs(other - at) < 50).length));
    expect(busiest).toBeLessThan(20);
  });
});

describe('a server that flaps: it accepts and then closes', () => {
  it('gets maxAttempts dials after the first, and no more', () => {
    const service = startService({
      onConnect: (client) => client.close({ code: 1011, reason: 'crash', wasClean: true }),
    });
    const { result } = renderHook(() => useWebSocket(service.url, { reconnect: { maxAttempts: 3 } }));
    pass(3_600_000);
    expect(service.takeDials()).toHaveLength(4);
    expect(result.current).toMatchObject({
      status: 'failed',
      attempt: 3,
      error: { kind: 'exhausted', close: { code: 1011, reason: 'crash' } },
    });
  });

  it('is tried less and less often without a limit, because it never is stable', () => {
    const service = startService({
      onConnect: (client) => client.close({ code: 1001, reason: '', wasClean: true }),
    });
    const { result } = renderHook(() => useWebSocket(service.url));
    pass(120_000);
    expect(service.takeDials().length).toBeLessThan(60);
    expect(result.current.attempt).toBeGreaterThan(5);
  });

  it('starts from 0 again once a connection has been stable', () => {
    const service = startService();
    const { result } = renderHook(() => useWebSocket(service.url));
    pass(10);
    service.stop();
    pass(20_000);
    expect(result.current.attempt).toBeGreaterThan(1);
    service.start();
    pass(40_000);
    expect(result.current).toMatchObject({ status: 'open', attempt: 0 });
    service.stop();
    expect(result.current.attempt).toBe(1);
  });
});
