import { act, render, renderHook } from '@testing-library/react';
import type { Client } from 'mock-socket';
import { describe, expect, it } from 'vitest';

import { json, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { Boundary, expectErrors } from '../support/reactFakes.js';
import { pass, startService, withServices } from './service.js';

withServices();

/** An endpoint for text, as Spring, Starlette and others have it: binary data is a reason to close. */
const textOnly = {
  onMessage(client: Client, data: unknown) {
    if (typeof data !== 'string')
      client.close({ code: 1003, reason: 'Binary messages not supported', wasClean: true });
  },
};

describe('binary data for a text endpoint (1003)', () => {
  it('ends the connection and says what was wrong; nothing dials again', () => {
    const service = startService(textOnly);
    const { result } = renderHook(() => useWebSocket(service.url));
    pass(10);
    result.current.send('hello');
    pass(10);
    expect(result.current.status).toBe('open');
    result.current.send(new Uint16Array(3));
    pass(20);
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
    pass(3_600_000);
    expect(service.takeDials()).toHaveLength(1);
  });

  it('is left by reconnect(), when the cause is mended', () => {
    const service = startService(textOnly);
    const { result } = renderHook(() => useWebSocket(service.url));
    pass(10);
    result.current.send(new ArrayBuffer(1));
    pass(20);
    act(() => result.current.reconnect());
    pass(10);
    expect(result.current).toMatchObject({ status: 'open', error: null });
    result.current.send('text this time');
    pass(20);
    expect(result.current.status).toBe('open');
    expect(service.takeDials()).toHaveLength(2);
  });

  it('in the middle of a restart ends it all the same', () => {
    let isOld = true;
    const service = startService({
      onConnect(client) {
        if (!isOld) client.close({ code: 1003, reason: 'upgrade your client', wasClean: true });
      },
    });
    const { result } = renderHook(() => useWebSocket(service.url));
    pass(10);
    service.stop(1012);
    pass(10_000);
    isOld = false;
    service.start();
    pass(10_000);
    expect(result.current).toMatchObject({ status: 'failed', error: { code: 1003 } });
    service.takeDials();
    pass(3_600_000);
    expect(service.takeDials()).toEqual([]);
  });

  it('reaches an error boundary, whose reset starts anew', () => {
    expectErrors();
    const service = startService(textOnly);
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
    pass(10);
    handle.send(new ArrayBuffer(8));
    pass(20);
    expect(container.textContent).toContain('Binary messages not supported');
    pass(60_000);
    expect(service.takeDials()).toHaveLength(1);
    act(() => container.querySelector('button')?.click());
    pass(10);
    expect(container.textContent).toBe('open');
  });

  it('cannot happen with a contract: send() throws before the wire', () => {
    const service = startService(textOnly);
    const { result } = renderHook(() => useWebSocket(service.url, { contract: json() }));
    pass(10);
    expect(() => result.current.send(() => undefined)).toThrow(/contract/);
    result.current.send({ fine: true });
    pass(20);
    expect(service.received).toEqual(['{"fine":true}']);
    expect(result.current.status).toBe('open');
  });
});
