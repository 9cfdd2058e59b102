import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { createConnection, useWebSocket, type WebSocketOptions } from '../../src/index.js';
import {
  advance,
  AFTER_RESTART,
  socket,
  sockets,
  socketsInUse,
  URL_A,
  URL_B,
  withFakes,
} from '../support/reactFakes.js';

withFakes();

const createA = () => createConnection(URL_A);
const renderWith = (connection = createA(), options: WebSocketOptions = {}) => ({
  connection,
  ...renderHook((props) => useWebSocket(props.connection, props.options), {
    initialProps: { connection, options },
  }),
});

describe('a connection as source', () => {
  it('dials when the first component mounts and closes after the last one has unmounted', () => {
    const connection = createA();
    advance(60_000);
    expect(sockets()).toEqual([]);
    const first = renderWith(connection);
    const second = renderWith(connection);
    expect(sockets()).toHaveLength(1);
    socket().open();
    expect([first, second].map(({ result }) => result.current.status)).toEqual(['open', 'open']);

    first.unmount();
    advance(60_000);
    expect(connection.getState().status).toBe('open');
    second.unmount();
    expect(connection.getState().status).toBe('open');
    advance(0);
    expect(connection.getState().status).toBe('idle');
    expect(socketsInUse()).toEqual([]);
  });

  it('keeps its socket for the linger time', () => {
    const connection = createConnection(URL_A, { linger: 2_000 });
    renderWith(connection).unmount();
    advance(1_999);
    const { result, unmount } = renderWith(connection);
    expect(result.current.status).toBe('connecting');
    expect(sockets()).toHaveLength(1);
    unmount();
    advance(2_000);
    expect(connection.getState().status).toBe('idle');
  });

  it('is kept open by retain() beside the components', () => {
    const connection = createA();
    const release = connection.retain();
    const { unmount } = renderWith(connection);
    socket().open();
    unmount();
    advance(60_000);
    expect(connection.getState().status).toBe('open');
    release();
    advance(0);
    expect(connection.getState().status).toBe('idle');
  });

  it('is the connection of the handle, with the same functions', () => {
    const { connection, result } = renderWith();
    const { send, reconnect, close } = connection;
    expect(result.current).toMatchObject({ connection, send, reconnect, close });
  });

  it('can be replaced by another connection', () => {
    const { connection, result, rerender } = renderWith();
    socket().open();
    const other = createConnection(URL_B);
    rerender({ connection: other, options: {} });
    expect(result.current).toMatchObject({ status: 'connecting', connection: other });
    advance(0);
    expect(connection.getState().status).toBe('idle');
    expect(socketsInUse().map(({ url }) => url)).toEqual([URL_B]);
  });

  it('calls the callbacks of every component that uses it, beside its own', () => {
    const told: string[] = [];
    const log = (name: string): WebSocketOptions => ({
      onOpen: () => told.push(`${name} open`),
      onMessage: (message) => told.push(`${name} ${message as string}`),
      onClose: ({ code }) => told.push(`${name} ${code}`),
    });
    const connection = createConnection(URL_A, log('own'));
    renderWith(connection, log('one'));
    const two = renderWith(connection, log('two'));
    socket().open();
    two.unmount();
    socket().message('x');
    socket().end(1012);
    expect(told).toEqual(['own open', 'one open', 'two open', 'own x', 'one x', 'own 1012', 'one 1012']);
  });

  it('stays failed after its last component unmounts, until reconnect()', () => {
    const connection = createA();
    const first = renderWith(connection);
    socket().open();
    socket().end(1003);
    first.unmount();
    advance(60_000);
    expect(connection.getState()).toMatchObject({ status: 'failed', error: { code: 1003 } });

    const second = renderWith(connection);
    expect(second.result.current.status).toBe('failed');
    expect(sockets()).toHaveLength(1);
    act(() => second.result.current.reconnect());
    expect(second.result.current).toMatchObject({ status: 'connecting', error: null });
  });

  it('does not dial while it is unused, even on reconnect()', () => {
    const connection = createA();
    connection.reconnect();
    advance(60_000);
    expect(sockets()).toEqual([]);
    expect(connection.getState().status).toBe('idle');
  });

  it('dials again for a component that mounts after a close', () => {
    const { connection, result, unmount } = renderWith();
    socket().open();
    act(() => result.current.close());
    unmount();
    advance(0);
    expect(connection.getState().status).toBe('idle');
    renderWith(connection);
    expect(sockets()).toHaveLength(2);
  });

  it('shows idle and is not retained with enabled: false', () => {
    const connection = createA();
    const { result, rerender } = renderWith(connection, { enabled: false });
    expect(sockets()).toEqual([]);
    const other = renderWith(connection);
    socket().open();
    expect(result.current.status).toBe('idle');
    expect(other.result.current.status).toBe('open');
    rerender({ connection, options: { enabled: true } });
    expect(result.current.status).toBe('open');
    rerender({ connection, options: { enabled: false } });
    other.unmount();
    advance(0);
    expect(connection.getState().status).toBe('idle');
  });

  it('calls no callback with enabled: false', () => {
    const connection = createA();
    const told: unknown[] = [];
    renderWith(connection, {
      enabled: false,
      onMessage: (message) => told.push(message),
      onOpen: () => told.push('open'),
    });
    renderWith(connection);
    socket().open();
    socket().message('x');
    expect(told).toEqual([]);
  });
});

describe('options that belong to the connection', () => {
  it.each<keyof WebSocketOptions>(['reconnect', 'heartbeat', 'share', 'key', 'protocols', 'linger'])(
    '%s is warned of, and has no effect',
    (name) => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
      const values: WebSocketOptions = {
        reconnect: false,
        heartbeat: { message: 'x' },
        share: true,
        key: 'k',
        protocols: 'p',
        linger: 60_000,
      };
      const { result, rerender, connection } = renderWith(createA(), { [name]: values[name] });
      rerender({ connection, options: { [name]: values[name] } });
      expect(warn).toHaveBeenCalledTimes(1);
      expect(String(warn.mock.calls[0]?.[0])).toContain(name);
      socket().open();
      socket().end(1012);
      advance(AFTER_RESTART);
      expect(result.current.status).toBe('reconnecting');
      expect(sockets().map(({ offered }) => offered)).toEqual([[], []]);
    },
  );

  it('cause no warning when they are undefined', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    renderWith(createA(), { binaryType: undefined, onMessage: () => undefined, enabled: true });
    expect(warn).not.toHaveBeenCalled();
  });

  it('cause no warning in production', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.stubEnv('NODE_ENV', 'production');
    renderWith(createA(), { maxMessageSize: 10 });
    vi.unstubAllEnvs();
    expect(warn).not.toHaveBeenCalled();
  });
});
