import { describe, expect, it, vi } from 'vitest';
import { createConnection, type DialContext } from '../../../src/core/index.js';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  releaseLater,
  START,
  URL_A,
} from '../../support/connectionHarness.js';
import { createFakeServer } from '../../support/fakeSocket.js';

leaveNothingBehind();

describe('a connection', () => {
  it('is idle and does not dial until it is used', () => {
    const { server, state, statuses } = connect({ unused: true });
    vi.advanceTimersByTime(60_000);
    expect(state).toEqual({
      status: 'idle',
      attempt: 0,
      retryAt: null,
      waitingFor: null,
      cause: null,
      lastClose: null,
      error: null,
    });
    expect(server.dials).toBe(0);
    expect(statuses).toEqual([]);
  });

  it('dials in the tick in which its first user retains it', () => {
    const { server, state } = connect({ protocols: ['quotes.v2', 'quotes.v1'] });
    expect(state).toMatchObject({
      status: 'connecting',
      attempt: 0,
      waitingFor: 'handshake',
      lastClose: null,
    });
    expect(server.socket).toMatchObject({
      url: URL_A,
      protocols: ['quotes.v2', 'quotes.v1'],
      binaryType: 'arraybuffer',
    });
  });

  it('offers no subprotocol by default', () => {
    expect(connect().socket.protocols).toEqual([]);
    expect(connect({ protocols: 'quotes' }).socket.protocols).toEqual(['quotes']);
    expect(connect({ protocols: () => ['quotes'] }).socket.protocols).toEqual(['quotes']);
  });

  it('accepts a URL object and sets the given binaryType', () => {
    const { socket } = connect({ url: new URL('wss://example.com/b'), binaryType: 'blob' });
    expect(socket).toMatchObject({ url: 'wss://example.com/b', binaryType: 'blob' });
  });

  it('keeps its destination when the URL object is changed later', () => {
    const url = new URL('wss://example.com/mine');
    const harness = connectOpen({ url });
    url.href = 'wss://example.com/other';
    harness.socket.serverClose(1012);
    passDelay(harness);
    expect(harness.server.sockets.map((socket) => socket.url)).toEqual([
      'wss://example.com/mine',
      'wss://example.com/mine',
    ]);
  });

  it('changes its state to open when the socket opens', () => {
    const harness = connect({ url: `${URL_A}?token=secret` });
    vi.advanceTimersByTime(120);
    harness.socket.accept('quotes.v1');
    expect(harness.state).toMatchObject({
      status: 'open',
      attempt: 0,
      waitingFor: null,
      lastClose: null,
      error: null,
    });
    expect(harness.opens).toEqual([
      { url: URL_A, protocol: 'quotes.v1', attempt: 0, reopened: false, at: START + 120 },
    ]);
  });

  it('looks up the global WebSocket at every dial', () => {
    const [first, second] = [createFakeServer(), createFakeServer()];
    vi.stubGlobal('WebSocket', first.WebSocket);
    const connection = createConnection(URL_A, { random: () => 0 });
    vi.stubGlobal('WebSocket', second.WebSocket);
    releaseLater(connection.retain());
    expect([first.dials, second.dials]).toEqual([0, 1]);
    vi.stubGlobal('WebSocket', first.WebSocket);
    second.socket.refuse();
    vi.advanceTimersByTime(4_000);
    expect([first.dials, second.dials]).toEqual([1, 1]);
  });

  it('keeps the same snapshot until something in it changes', () => {
    const { connection, socket } = connectOpen();
    const snapshot = connection.getState();
    socket.message('a', 'b');
    connection.send('c');
    vi.advanceTimersByTime(60_000);
    expect(connection.getState()).toBe(snapshot);
    expect(Object.isFrozen(snapshot)).toBe(true);
  });

  it('notifies every listener once for every change', () => {
    const { socket, statuses } = connect();
    socket.accept();
    socket.message('a');
    socket.serverClose(1012);
    vi.advanceTimersByTime(3_000);
    expect(statuses).toEqual(['connecting', 'open', 'reconnecting', 'reconnecting']);
  });

  describe('connectTimeout', () => {
    it('treats an unanswered dial as refused after 20 s', () => {
      const { server, socket, connection, closes } = connect();
      vi.advanceTimersByTime(19_999);
      expect(connection.getState().status).toBe('connecting');
      vi.advanceTimersByTime(1);
      expect(socket.closeCalls).toHaveLength(1);
      expect(closes).toEqual([
        {
          code: 1006,
          name: 'Abnormal Closure',
          reason: '',
          wasClean: false,
          opened: false,
          local: false,
          at: START + 20_000,
          suspect: null,
          error: null,
        },
      ]);
      expect(connection.getState()).toMatchObject({
        status: 'reconnecting',
        attempt: 1,
        retryAt: START + 24_500,
      });
      vi.advanceTimersByTime(4_500);
      expect(server.dials).toBe(2);
    });

    it('uses a single timer, because a hidden page throttles chained timers', () => {
      const start = vi.spyOn(globalThis, 'setTimeout');
      connect();
      vi.advanceTimersByTime(19_999);
      // The shared timer that notices a sleep runs every 10 s.
      const ownStarts = start.mock.calls.filter(([, delay]) => delay !== 10_000);
      expect(ownStarts).toHaveLength(1);
    });

    it('ends when the socket opens', () => {
      const { connection, closes } = connectOpen({ connectTimeout: 100 });
      vi.advanceTimersByTime(60_000);
      expect(connection.getState().status).toBe('open');
      expect(closes).toEqual([]);
    });

    it('ignores later events of the abandoned socket', () => {
      const harness = connect({ connectTimeout: 100 });
      vi.advanceTimersByTime(100);
      harness.socket.settle();
      harness.socket.fire('open');
      harness.socket.fire('message', { data: 'late' });
      expect(harness.state.status).toBe('reconnecting');
      expect(harness).toMatchObject({ opens: [], messages: [] });
      expect(harness.closes).toHaveLength(1);
    });
  });

  describe('a refused dial', () => {
    it('counts as one failed attempt with one close', () => {
      const { socket, connection, closes, errors } = connect();
      socket.refuse();
      expect(closes).toHaveLength(1);
      expect(closes[0]).toMatchObject({ code: 1006, opened: false, local: false });
      expect(errors).toEqual([]);
      expect(connection.getState()).toMatchObject({
        status: 'reconnecting',
        attempt: 1,
        waitingFor: 'delay',
        cause: closes[0],
        lastClose: closes[0],
      });
    });

    it('passes the attempt number and the latest close to the next dial', () => {
      const contexts: Omit<DialContext, 'signal'>[] = [];
      const { server, closes } = connect({
        url: ({ attempt, lastClose }) => {
          contexts.push({ attempt, lastClose });
          return URL_A;
        },
      });
      for (let dial = 0; dial < 2; dial += 1) {
        server.socket.refuse();
        vi.advanceTimersByTime(4_500);
      }
      server.socket.accept();
      server.socket.serverClose(1012);
      vi.advanceTimersByTime(3_000);
      expect(contexts).toEqual([
        { attempt: 0, lastClose: null },
        { attempt: 1, lastClose: closes[0] },
        { attempt: 2, lastClose: closes[1] },
        { attempt: 3, lastClose: closes[2] },
      ]);
    });
  });
});
