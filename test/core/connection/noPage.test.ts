// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection } from '../../../src/core/index.js';
import { createFakeServer } from '../../support/fakeSocket.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('without window and document', () => {
  it('opens, reconnects and closes', () => {
    expect([typeof window, typeof document]).toEqual(['undefined', 'undefined']);
    const server = createFakeServer();
    const connection = createConnection('wss://example.com/', {
      WebSocket: server.WebSocket,
      random: () => 0.5,
    });
    const release = connection.retain();
    server.socket.accept();
    connection.send('hello');
    server.socket.serverClose(1012);
    vi.advanceTimersByTime(3_000);
    server.socket.accept();
    expect(connection.getState().status).toBe('open');
    release();
    vi.advanceTimersByTime(0);
    expect(connection.getState().status).toBe('idle');
    expect(server.sockets.every(({ isLive }) => !isLive)).toBe(true);
  });

  it('works without navigator as well', () => {
    vi.stubGlobal('navigator', undefined);
    const server = createFakeServer();
    const connection = createConnection('wss://example.com/', { WebSocket: server.WebSocket });
    const release = connection.retain();
    server.socket.refuse();
    expect(connection.getState()).toMatchObject({ status: 'reconnecting', waitingFor: 'delay' });
    release();
    vi.advanceTimersByTime(0);
  });

  it('fails with a setup error where there is no global WebSocket', () => {
    vi.stubGlobal('WebSocket', undefined);
    const connection = createConnection('wss://example.com/');
    const release = connection.retain();
    expect(connection.getState()).toMatchObject({ status: 'failed', error: { kind: 'setup' } });
    release();
    vi.advanceTimersByTime(0);
  });
});
