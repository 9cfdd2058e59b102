import { describe, expect, it, vi } from 'vitest';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  releaseLater,
  START,
} from '../../support/connectionHarness.js';

leaveNothingBehind();

describe('close()', () => {
  it('changes the state to closed at once, without waiting for the server', () => {
    const { connection, socket, closes, statuses } = connectOpen();
    connection.close(4000, 'bye');
    const close = {
      code: 4000,
      name: 'Private Use',
      reason: 'bye',
      wasClean: false,
      opened: true,
      local: true,
      at: START,
      suspect: null,
      error: null,
    };
    expect(connection.getState()).toMatchObject({
      status: 'closed',
      attempt: 0,
      lastClose: closes[0],
      error: null,
    });
    expect(closes).toEqual([{ ...close, wasClean: expect.any(Boolean) }]);
    expect(socket.closeCalls).toEqual([{ code: 4000, reason: 'bye' }]);
    socket.settle();
    vi.advanceTimersByTime(120_000);
    expect(closes).toHaveLength(1);
    expect(statuses).toEqual(['connecting', 'open', 'closed']);
  });

  it('closes with code 1000 by default', () => {
    const { connection, socket, closes } = connectOpen();
    connection.close();
    expect(socket.closeCalls).toMatchObject([{ code: 1000 }]);
    expect(closes).toMatchObject([{ code: 1000, local: true, opened: true }]);
  });

  it('ignores messages that arrive after the call', () => {
    const { connection, socket, messages } = connectOpen();
    connection.close();
    socket.fire('message', { data: 'late' });
    expect(messages).toEqual([]);
  });

  it('stays closed whatever code the late close event has', () => {
    const { connection, socket, server } = connectOpen();
    connection.close();
    socket.serverClose(1012);
    vi.advanceTimersByTime(60_000);
    expect(server.dials).toBe(1);
    expect(connection.getState().status).toBe('closed');
  });

  it('abandons the dial in progress', () => {
    const { connection, socket, closes, opens } = connect();
    connection.close();
    expect(socket.closeCalls).toHaveLength(1);
    expect(closes).toMatchObject([{ local: true, opened: false }]);
    socket.settle();
    expect(closes).toHaveLength(1);
    expect(opens).toEqual([]);
  });

  it('cancels a scheduled retry', () => {
    const { connection, socket, server } = connect();
    socket.refuse();
    connection.close();
    vi.advanceTimersByTime(60_000);
    expect(server.dials).toBe(1);
    expect(connection.getState()).toMatchObject({ status: 'closed', retryAt: null, cause: null });
  });

  it('does nothing when the connection is already closed', () => {
    const { connection, closes, statuses } = connectOpen();
    connection.close();
    connection.close(4001);
    expect(closes).toHaveLength(1);
    expect(statuses.filter((status) => status === 'closed')).toHaveLength(1);
  });

  it('leaves a failed connection failed', () => {
    const { connection, socket, closes } = connectOpen();
    socket.serverClose(1003);
    connection.close();
    expect(connection.getState().status).toBe('failed');
    expect(closes).toHaveLength(1);
  });

  it('keeps a connection closed that is not in use yet, until reconnect()', () => {
    const { connection, server } = connect({ unused: true });
    connection.close();
    releaseLater(connection.retain());
    expect(connection.getState().status).toBe('closed');
    expect(server.dials).toBe(0);
    connection.reconnect();
    expect(connection.getState().status).toBe('connecting');
  });

  it('is undone by reconnect() on an unused connection: the next user dials', () => {
    const { connection, server } = connect({ unused: true });
    connection.close();
    connection.reconnect();
    expect(connection.getState().status).toBe('idle');
    expect(server.dials).toBe(0);
    releaseLater(connection.retain());
    expect(server.dials).toBe(1);
  });

  describe('with invalid arguments', () => {
    it.each([
      0,
      999,
      1001,
      1003,
      1005,
      1006,
      1012,
      1015,
      2999,
      5000,
      -1,
      1000.5,
      3000.5,
      NaN,
      Infinity,
      null,
      '1000',
      '3000',
      {},
      true,
    ])('throws a RangeError that names the code %j', (code) => {
      const { connection, socket } = connectOpen();
      const close = () => {
        connection.close(code as number);
      };
      expect(close).toThrow(RangeError);
      expect(close).toThrow('code');
      expect(connection.getState().status).toBe('open');
      expect(socket.closeCalls).toEqual([]);
    });

    it.each([0, 1001, NaN])('puts the value of the code %d into the error message', (code) => {
      const { connection } = connectOpen();
      expect(() => {
        connection.close(code);
      }).toThrow(String(code));
    });

    it.each([null, 5, {}, Symbol('bye')])('throws a TypeError for the reason %s', (reason) => {
      const { connection } = connectOpen();
      expect(() => {
        connection.close(1000, reason as string);
      }).toThrow(TypeError);
      expect(connection.getState().status).toBe('open');
    });

    it('throws for a reason of more than 123 bytes of UTF-8', () => {
      const { connection } = connectOpen();
      expect(() => {
        connection.close(1000, 'x'.repeat(124));
      }).toThrow(RangeError);
      expect(() => {
        connection.close(1000, '€'.repeat(42));
      }).toThrow(RangeError);
      expect(connection.getState().status).toBe('open');
    });

    it('throws in every state, so that a mistake shows at once', () => {
      const { connection, socket } = connectOpen();
      socket.serverClose(1003);
      expect(() => {
        connection.close(1001);
      }).toThrow(RangeError);
    });
  });

  it.each([1000, 3000, 3999, 4000, 4999])('accepts the code %i', (code) => {
    const { connection, socket } = connectOpen();
    connection.close(code, '€'.repeat(41));
    expect(socket.closeCalls).toEqual([{ code, reason: '€'.repeat(41) }]);
  });
});

describe('a close by the server', () => {
  it('closes the connection on 1000 and does not reconnect', () => {
    const { connection, socket, server, closes, errors } = connectOpen();
    socket.serverClose(1000, 'done');
    expect(connection.getState()).toMatchObject({
      status: 'closed',
      attempt: 0,
      cause: null,
      lastClose: closes[0],
    });
    expect(closes).toMatchObject([
      { code: 1000, reason: 'done', wasClean: true, opened: true, local: false },
    ]);
    vi.advanceTimersByTime(60_000);
    expect(server.dials).toBe(1);
    expect(errors).toEqual([]);
  });

  it('closes the connection on a code whose rule is stop', () => {
    const { connection, socket } = connectOpen({ reconnect: { codes: { 1001: 'stop' } } });
    socket.serverClose(1001);
    expect(connection.getState()).toMatchObject({ status: 'closed', lastClose: { code: 1001 } });
  });

  it('closes the connection with reconnect: false, also after a refused first dial', () => {
    const { connection, socket } = connectOpen({ reconnect: false });
    socket.serverClose(1012);
    expect(connection.getState().status).toBe('closed');
    const other = connect({ reconnect: false });
    other.socket.refuse();
    expect(other.state.status).toBe('closed');
  });

  it('changes the state only with the close event, and queues messages sent during the close handshake', () => {
    const harness = connectOpen();
    const [socket] = harness.server.sockets;
    socket!.beginServerClose();
    expect(harness.state.status).toBe('open');
    expect(harness.connection.send('held')).toBe('queued');
    socket!.serverClose(1012);
    passDelay(harness);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['held']);
    expect(socket!.lost).toEqual([]);
  });
});
