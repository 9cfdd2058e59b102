// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  takeReported,
} from '../../support/connectionBench.js';
import { createFakeServer } from '../../support/fakeSocket.js';

leaveNothingBehind();

describe('a socket that fires its events inside close(), as undici does', () => {
  const create = () => createFakeServer({ close: 'inside' });

  it('is closed once', () => {
    for (const phase of ['dialling', 'open']) {
      const bench = connect({ server: create() });
      if (phase === 'open') bench.socket.accept();
      bench.connection.close();
      expect(bench.closes).toMatchObject([{ local: true }]);
      expect(bench.state.status).toBe('closed');
    }
  });

  it('is replaced by exactly one dial', () => {
    const bench = connectOpen({ server: create() });
    bench.connection.close();
    bench.connection.reconnect();
    bench.socket.accept();
    bench.connection.close();
    expect(bench.server.dials).toBe(2);
    expect(bench.closes).toHaveLength(2);
  });

  it('counts as one failed dial when it never opens', () => {
    const bench = connect({ server: create(), connectTimeout: 100 });
    vi.advanceTimersByTime(100);
    expect(bench.closes).toHaveLength(1);
    expect(bench.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });

  it('is closed without errors when the last user releases it', () => {
    const bench = connectOpen({ server: create() });
    bench.release();
    vi.advanceTimersByTime(0);
    expect(bench.state.status).toBe('idle');
    expect(bench.closes).toHaveLength(1);
  });
});

describe('a socket that is CLOSED from the start, because of a Content Security Policy', () => {
  it.each([
    ['with an error event', true],
    ['without any event', false],
  ])('counts as one failed dial, %s and without a close event', (_, hasError) => {
    const bench = connect({ server: createFakeServer({ born: 'closed' }) });
    expect(bench.state.status).toBe('connecting');
    if (hasError) bench.socket.fire('error');
    vi.advanceTimersByTime(1);
    expect(bench.closes).toMatchObject([{ code: 1006, opened: false }]);
    expect(bench.state).toMatchObject({ status: 'reconnecting', attempt: 1, waitingFor: 'delay' });
    vi.advanceTimersByTime(100);
    expect(bench.closes).toHaveLength(1);
  });

  it('counts as one failed dial when the close event still follows', () => {
    const bench = connect({ server: createFakeServer({ born: 'closed' }) });
    bench.socket.refuse();
    vi.advanceTimersByTime(100);
    expect(bench.closes).toHaveLength(1);
    expect(bench.state.attempt).toBe(1);
  });
});

describe('a socket that fires error but never close', () => {
  it('is one failed dial', () => {
    const bench = connect();
    bench.socket.readyState = 3;
    bench.socket.fire('error');
    vi.advanceTimersByTime(1);
    expect(bench.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });

  it('starts an outage when it had been open', () => {
    const bench = connectOpen();
    bench.socket.readyState = 3;
    bench.socket.fire('error');
    vi.advanceTimersByTime(1);
    expect(bench.closes).toMatchObject([{ code: 1006, opened: true }]);
    expect(bench.state.status).toBe('reconnecting');
  });
});

describe('a socket that fires error and stays open', () => {
  it('keeps the connection open, because only a close event ends a socket', () => {
    const bench = connectOpen();
    bench.socket.fire('error');
    vi.advanceTimersByTime(1_000);
    expect(bench.state.status).toBe('open');
  });
});

describe('a socket that throws', () => {
  it('when its handlers are removed is closed all the same', () => {
    const bench = connectOpen();
    const { socket } = bench;
    Object.defineProperty(socket, 'onopen', {
      get: () => null,
      set() {
        throw new Error('no handlers');
      },
    });
    bench.connection.close();
    expect(socket.closeCalls).toHaveLength(1);
    expect(bench.state.status).toBe('closed');
    expect(takeReported()).toMatchObject([{ message: 'no handlers' }]);
    Object.assign(socket, { onmessage: null, onclose: null, onerror: null });
  });

  it('when it is asked for its protocol is open with none', () => {
    const bench = connect();
    Object.defineProperty(bench.socket, 'protocol', {
      get() {
        throw new Error('no protocol');
      },
      set: () => undefined,
    });
    bench.socket.accept();
    expect(bench.opens).toMatchObject([{ protocol: '' }]);
    expect(takeReported()).toMatchObject([{ message: 'no protocol' }]);
  });
});

describe('a close event', () => {
  it('has no reason if what the socket gives is no text', () => {
    const bench = connectOpen();
    bench.socket.readyState = 3;
    bench.socket.fire('close', { code: 1008, reason: { toString: null } });
    expect(bench.closes).toMatchObject([{ code: 1008, reason: '' }]);
    expect(bench.state.status).toBe('failed');
  });

  it('keeps its code when an error event came before it', () => {
    const bench = connectOpen();
    bench.socket.readyState = 3;
    bench.socket.fire('error');
    bench.socket.serverClose(1012, 'deploy');
    vi.advanceTimersByTime(100);
    expect(bench.closes).toMatchObject([{ code: 1012, reason: 'deploy', opened: true }]);
  });

  it('counts as 1006 when it has no code, as in React Native', () => {
    for (const details of [
      { code: undefined, reason: undefined, wasClean: undefined },
      { code: null, reason: null },
    ]) {
      const bench = connectOpen();
      bench.socket.readyState = 3;
      bench.socket.fire('close', details);
      expect(bench.closes).toMatchObject([
        { code: 1006, name: 'Abnormal Closure', reason: '', wasClean: false, opened: true },
      ]);
      expect(bench.state.status).toBe('reconnecting');
    }
  });

  it('counts once when it is fired twice', () => {
    const bench = connectOpen();
    bench.socket.serverClose(1012);
    bench.socket.serverClose(1012);
    expect(bench.closes).toHaveLength(1);
    expect(bench.state.attempt).toBe(1);
  });

  it('is ignored when its socket was abandoned, and so is the open event', () => {
    const bench = connect({ heartbeat: { message: 'ping', interval: 1_000 } });
    const { onopen } = bench.socket;
    bench.connection.close();
    onopen!(new Event('open'));
    expect(bench.opens).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is ignored when its socket was replaced', () => {
    const bench = connectOpen();
    const { onclose, onmessage, onerror } = bench.socket;
    bench.socket.drop();
    passDelay(bench);
    bench.socket.accept();
    onclose!({ code: 1003, reason: '', wasClean: true } as CloseEvent);
    onerror!(new Event('error'));
    onmessage!(new MessageEvent('message', { data: 'stale' }));
    vi.advanceTimersByTime(10);
    expect(bench.state.status).toBe('open');
    expect(bench.messages).toEqual([]);
  });

  it.each([0, 999, 1004, 1016, 2999, 5000, 65_535])(
    'starts an outage when it has the code %i, which no peer should send',
    (code) => {
      const bench = connectOpen();
      bench.socket.serverClose(code);
      expect(bench.closes).toMatchObject([{ code, name: expect.stringMatching(/Unassigned|Reserved/) }]);
      expect(bench.state.status).toBe('reconnecting');
    },
  );

  it.each([
    [1000, 'Normal Closure'],
    [1001, 'Going Away'],
    [1005, 'No Status Received'],
    [1012, 'Service Restart'],
    [1013, 'Try Again Later'],
    [3000, 'Unauthorized'],
    [3500, 'Library or Framework'],
    [4321, 'Private Use'],
  ])('names the code %i: %s', (code, name) => {
    const bench = connectOpen();
    bench.socket.serverClose(code);
    expect(bench.closes).toMatchObject([{ code, name }]);
    expect(Object.isFrozen(bench.closes[0])).toBe(true);
  });
});

describe('a socket whose close() throws', () => {
  it.each(['open', 'dialling'])('is released all the same, and listeners are notified, while %s', (phase) => {
    const bench = connect();
    if (phase === 'open') bench.socket.accept();
    const bug = new Error('the socket is broken');
    vi.spyOn(bench.socket, 'close').mockImplementation(() => {
      bench.socket.readyState = 3;
      throw bug;
    });
    bench.connection.close();
    expect(takeReported()).toEqual([bug]);
    expect(bench.state.status).toBe('closed');
    expect(bench.closes).toHaveLength(1);
    bench.connection.reconnect();
    bench.socket.accept();
    expect(bench.statuses.at(-1)).toBe('open');
  });
});

describe('a socket whose send() throws', () => {
  it('throws to the caller and reports no sent message', () => {
    const bench = connectOpen();
    vi.spyOn(bench.socket, 'send').mockImplementation(() => {
      throw new Error('the socket is broken');
    });
    expect(() => bench.connection.send('x')).toThrow('the socket is broken');
    bench.socket.serverClose(1003);
    expect(bench.state.error?.lastSent).toBeNull();
  });
});
