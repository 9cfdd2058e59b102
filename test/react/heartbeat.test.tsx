import { renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { useWebSocket, type WebSocketOptions } from '../../src/index.js';
import { advance, socket, sockets, socketsInUse, URL_A, withFakes } from '../support/reactFakes.js';

withFakes();

const renderHeartbeat = (interval: number, timeout: number, more: WebSocketOptions = {}) =>
  renderHook(() =>
    useWebSocket(URL_A, {
      heartbeat: { message: 'ping', interval, timeout, isReply: (message) => message === 'pong' },
      ...more,
    }),
  );

describe('a heartbeat', () => {
  it('starts to count silence when it is enabled on a silent connection, also after it was disabled', () => {
    const { rerender, result } = renderHook(
      ({ isOn }) =>
        useWebSocket(URL_A, { heartbeat: isOn && { message: 'ping', interval: 1_000, timeout: 500 } }),
      { initialProps: { isOn: false } },
    );
    socket().open();
    advance(60_000);
    rerender({ isOn: true });
    advance(999);
    expect(socket().sent).toEqual([]);
    advance(1);
    expect(socket().sent).toEqual(['ping']);
    socket().message('anything');
    rerender({ isOn: false });
    advance(60_000);
    expect(socket().sent).toEqual(['ping']);
    rerender({ isOn: true });
    advance(1_500);
    expect(result.current.status).toBe('reconnecting');
  });

  it('detects a dead server and reconnects at once, without waiting for its close event', () => {
    const closes: unknown[] = [];
    const { result } = renderHeartbeat(1_000, 500, { onClose: (close) => closes.push(close) });
    socket().open();
    const dead = socket();
    advance(1_499);
    expect(dead.sent).toEqual(['ping']);
    expect(result.current.status).toBe('open');
    advance(1);
    expect(result.current).toMatchObject({ status: 'reconnecting', cause: { code: 1006, opened: true } });
    expect(dead.isInUse).toBe(false);
    advance(5_000);
    socket().open();
    dead.end(1006);
    expect(closes).toHaveLength(1);
    expect(result.current.status).toBe('open');
    expect(socketsInUse()).toEqual([socket()]);
  });

  it.each([
    [1_000, 500],
    [500, 1_000],
    [100, 5_000],
  ])('sends a probe after each silence of its interval (%i ms, timeout %i ms)', (interval, timeout) => {
    renderHeartbeat(interval, timeout);
    socket().open();
    for (let beat = 1; beat <= 5; beat += 1) {
      advance(interval - 1);
      expect(socket().sent).toHaveLength(beat - 1);
      advance(1);
      expect(socket().sent).toHaveLength(beat);
      socket().message('pong');
    }
    expect(sockets()).toHaveLength(1);
  });

  it('counts any message as a sign of life and delivers all but the replies', () => {
    const received: unknown[] = [];
    const { result } = renderHeartbeat(100, 50, { onMessage: (message) => received.push(message) });
    socket().open();
    for (let i = 0; i < 20; i += 1) {
      advance(99);
      socket().message(i % 2 === 0 ? 'data' : 'pong');
    }
    expect(result.current.status).toBe('open');
    expect(socket().sent).toEqual([]);
    expect(received).toEqual(Array.from({ length: 10 }, () => 'data'));
  });

  describe('a change of its options while the socket is open', () => {
    const renderSwitch = (isOn: boolean) => {
      const errors: unknown[] = [];
      const heartbeat = { message: 'ping', interval: 1_000, timeout: 500 };
      const view = renderHook(
        (on: boolean) =>
          useWebSocket(URL_A, { heartbeat: on && heartbeat, onError: (error) => errors.push(error) }),
        { initialProps: isOn },
      );
      socket().open();
      return { ...view, errors };
    };

    it('stops the probes when it is disabled', () => {
      const { rerender, errors } = renderSwitch(true);
      rerender(false);
      advance(60_000);
      expect(socket().sent).toEqual([]);
      expect(errors).toEqual([]);
      expect(sockets()).toHaveLength(1);
    });

    it('keeps the socket when it is disabled while an answer is pending', () => {
      const { rerender, result } = renderSwitch(true);
      advance(1_000);
      rerender(false);
      advance(60_000);
      expect(result.current.status).toBe('open');
      expect(sockets()).toHaveLength(1);
    });

    it('starts to count silence again with another interval', () => {
      const { rerender } = renderHook(
        (interval: number) => useWebSocket(URL_A, { heartbeat: { message: 'ping', interval } }),
        { initialProps: 60_000 },
      );
      socket().open();
      advance(2_000);
      rerender(5_000);
      advance(4_999);
      expect(socket().sent).toEqual([]);
      advance(1);
      expect(socket().sent).toEqual(['ping']);
      socket().message('pong');
      rerender(20_000);
      advance(19_999);
      expect(socket().sent).toEqual(['ping']);
      advance(1);
      expect(socket().sent).toEqual(['ping', 'ping']);
    });

    it('starts with the next message when it is enabled', () => {
      const { rerender } = renderSwitch(false);
      rerender(true);
      socket().message('data');
      advance(1_000);
      expect(socket().sent).toEqual(['ping']);
    });
  });
});
