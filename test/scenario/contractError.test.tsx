import { act, render, renderHook } from '@testing-library/react';
import type { Client } from 'mock-socket';
import { describe, expect, it } from 'vitest';

import { json, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { Boundary, expectErrors } from '../support/reactFakes.js';
import { advanceTime, startMockService, setUpMockServices } from './mockService.js';

setUpMockServices();

/** A text endpoint that closes on binary data, as those of Spring and Starlette do. */
const textOnly = {
  onMessage(client: Client, data: unknown) {
    if (typeof data === 'string') client.send('ok');
    else client.close({ code: 1003, reason: 'Binary messages not supported', wasClean: true });
  },
};

describe('binary data for a text endpoint (1003)', () => {
  it('fails with an error that describes the rejected message, and does not dial again', () => {
    const service = startMockService(textOnly);
    const { result } = renderHook(() => useWebSocket(service.url));
    advanceTime(10);
    result.current.send('hello');
    advanceTime(10);
    expect(result.current.status).toBe('open');
    result.current.send(new Uint16Array(3));
    advanceTime(20);
    expect(result.current).toMatchObject({
      status: 'failed',
      error: {
        kind: 'contract',
        code: 1003,
        close: { reason: 'Binary messages not supported' },
        lastSent: { kind: 'binary', type: 'Uint16Array', size: 6 },
      },
    });
    expect(result.current.error?.message).toContain('Binary messages not supported');
    expect(result.current.error?.hint).toContain('send text');
    advanceTime(3_600_000);
    expect(service.takeDials()).toHaveLength(1);
  });

  it('opens again after reconnect() and stays open once the cause is fixed', () => {
    const service = startMockService(textOnly);
    const { result } = renderHook(() => useWebSocket(service.url));
    advanceTime(10);
    result.current.send(new ArrayBuffer(1));
    advanceTime(20);
    act(() => result.current.reconnect());
    advanceTime(10);
    expect(result.current).toMatchObject({ status: 'open', error: null });
    result.current.send('text this time');
    advanceTime(20);
    expect(result.current.status).toBe('open');
    expect(service.takeDials()).toHaveLength(2);
  });

  it('fails on 1003 even in the middle of a restart', () => {
    let isOld = true;
    const service = startMockService({
      onConnect(client) {
        if (!isOld) client.close({ code: 1003, reason: 'upgrade your client', wasClean: true });
      },
    });
    const { result } = renderHook(() => useWebSocket(service.url));
    advanceTime(10);
    service.stop(1012);
    advanceTime(10_000);
    isOld = false;
    service.start();
    advanceTime(10_000);
    expect(result.current).toMatchObject({ status: 'failed', error: { code: 1003 } });
    service.takeDials();
    advanceTime(3_600_000);
    expect(service.takeDials()).toEqual([]);
  });

  it('reaches an error boundary, and connects again when the boundary is reset', () => {
    expectErrors();
    const service = startMockService(textOnly);
    let handle!: WebSocketHandle;
    const Page = () => {
      handle = useWebSocket(service.url, { throwOnError: true });
      return <p>{handle.status}</p>;
    };
    const { container } = render(
      <Boundary>
        <Page />
      </Boundary>,
    );
    advanceTime(10);
    handle.send(new ArrayBuffer(8));
    advanceTime(20);
    expect(container.textContent).toContain('Binary messages not supported');
    advanceTime(60_000);
    expect(service.takeDials()).toHaveLength(1);
    act(() => container.querySelector('button')?.click());
    advanceTime(10);
    expect(container.textContent).toBe('open');
  });

  it('cannot happen with a contract, because send() throws before anything is sent', () => {
    const service = startMockService(textOnly);
    const { result } = renderHook(() => useWebSocket(service.url, { contract: json() }));
    advanceTime(10);
    expect(() => result.current.send(() => undefined)).toThrow(/contract/);
    result.current.send({ fine: true });
    advanceTime(20);
    expect(service.received).toEqual(['{"fine":true}']);
    expect(result.current.status).toBe('open');
  });
});
