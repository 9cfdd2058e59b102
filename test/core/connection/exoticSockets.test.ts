// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  takeReported,
} from '../../support/connectionHarness.js';
import { createFakeServer } from '../../support/fakeSocket.js';

leaveNothingBehind();

describe('a socket that fires its events inside close(), as undici does', () => {
  const create = () => createFakeServer({ close: 'inside' });

  it('is closed once', () => {
    for (const phase of ['dialling', 'open']) {
      const harness = connect({ server: create() });
      if (phase === 'open') harness.socket.accept();
      harness.connection.close();
      expect(harness.closes).toMatchObject([{ local: true }]);
      expect(harness.state.status).toBe('closed');
    }
  });

  it('is replaced by exactly one dial', () => {
    const harness = connectOpen({ server: create() });
    harness.connection.close();
    harness.connection.reconnect();
    harness.socket.accept();
    harness.connection.close();
    expect(harness.server.dials).toBe(2);
    expect(harness.closes).toHaveLength(2);
  });

  it('counts as one failed dial when it never opens', () => {
    const harness = connect({ server: create(), connectTimeout: 100 });
    vi.advanceTimersByTime(100);
    expect(harness.closes).toHaveLength(1);
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });

  it('is closed without errors when the last user releases it', () => {
    const harness = connectOpen({ server: create() });
    harness.release();
    vi.advanceTimersByTime(0);
    expect(harness.state.status).toBe('idle');
    expect(harness.closes).toHaveLength(1);
  });
});

describe('a socket that is CLOSED from the start, because of a Content Security Policy', () => {
  it.each([
    ['with an error event', true],
    ['without any event', false],
  ])('counts as one failed dial, %s and without a close event', (_, hasError) => {
    const harness = connect({ server: createFakeServer({ born: 'closed' }) });
    expect(harness.state.status).toBe('connecting');
    if (hasError) harness.socket.fire('error');
    vi.advanceTimersByTime(1);
    expect(harness.closes).toMatchObject([{ code: 1006, opened: false }]);
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1, waitingFor: 'delay' });
    vi.advanceTimersByTime(100);
    expect(harness.closes).toHaveLength(1);
  });

  it('counts as one failed dial when the close event still follows', () => {
    const harness = connect({ server: createFakeServer({ born: 'closed' }) });
    harness.socket.refuse();
    vi.advanceTimersByTime(100);
    expect(harness.closes).toHaveLength(1);
    expect(harness.state.attempt).toBe(1);
  });
});

describe('a socket that fires error but never close', () => {
  it('is one failed dial', () => {
    const harness = connect();
    harness.socket.readyState = 3;
    harness.socket.fire('error');
    vi.advanceTimersByTime(1);
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });

  it('starts an outage when it had been open', () => {
    const harness = connectOpen();
    harness.socket.readyState = 3;
    harness.socket.fire('error');
    vi.advanceTimersByTime(1);
    expect(harness.closes).toMatchObject([{ code: 1006, opened: true }]);
    expect(harness.state.status).toBe('reconnecting');
  });
});

describe('a socket that fires error and stays open', () => {
  it('keeps the connection open, because only a close event ends a socket', () => {
    const harness = connectOpen();
    harness.socket.fire('error');
    vi.advanceTimersByTime(1_000);
    expect(harness.state.status).toBe('open');
  });
});

describe('a socket that throws', () => {
  it('when its handlers are removed is closed all the same', () => {
    const harness = connectOpen();
    const { socket } = harness;
    Object.defineProperty(socket, 'onopen', {
      get: () => null,
      set() {
        throw new Error('no handlers');
      },
    });
    harness.connection.close();
    expect(socket.closeCalls).toHaveLength(1);
    expect(harness.state.status).toBe('closed');
    expect(takeReported()).toMatchObject([{ message: 'no handlers' }]);
    Object.assign(socket, { onmessage: null, onclose: null, onerror: null });
  });

  it('when it is asked for its protocol is open with none', () => {
    const harness = connect();
    Object.defineProperty(harness.socket, 'protocol', {
      get() {
        throw new Error('no protocol');
      },
      set: () => undefined,
    });
    harness.socket.accept();
    expect(harness.opens).toMatchObject([{ protocol: '' }]);
    expect(takeReported()).toMatchObject([{ message: 'no protocol' }]);
  });
});

describe('a close event', () => {
  it('has no reason if what the socket gives is no text', () => {
    const harness = connectOpen();
    harness.socket.readyState = 3;
    harness.socket.fire('close', { code: 1008, reason: { toString: null } });
    expect(harness.closes).toMatchObject([{ code: 1008, reason: '' }]);
    expect(harness.state.status).toBe('failed');
  });

  it('keeps its code when an error event came before it', () => {
    const harness = connectOpen();
    harness.socket.readyState = 3;
    harness.socket.fire('error');
    harness.socket.serverClose(1012, 'deploy');
    vi.advanceTimersByTime(100);
    expect(harness.closes).toMatchObject([{ code: 1012, reason: 'deploy', opened: true }]);
  });

  it('counts as 1006 when it has no code, as in React Native', () => {
    for (const details of [
      { code: undefined, reason: undefined, wasClean: undefined },
      { code: null, reason: null },
    ]) {
      const harness = connectOpen();
      harness.socket.readyState = 3;
      harness.socket.fire('close', details);
      expect(harness.closes).toMatchObject([
        { code: 1006, name: 'Abnormal Closure', reason: '', wasClean: false, opened: true },
      ]);
      expect(harness.state.status).toBe('reconnecting');
    }
  });

  it('counts as 1006 when the handler is called without one', () => {
    const harness = connectOpen();
    const { onclose } = harness.socket;
    (onclose as () => void)();
    expect(harness.closes).toMatchObject([{ code: 1006, wasClean: false }]);
    expect(harness.state.status).toBe('reconnecting');
  });

  it.each([
    ['leaves wasClean out, as older versions of React Native', 'Gecko', undefined],
    ['always gives false, as newer ones', 'ReactNative', false],
  ])('is clean if it has the code of a close frame and its socket %s', (_, product, wasClean) => {
    vi.stubGlobal('navigator', { product });
    for (const [code, isClean, status] of [
      [1000, true, 'closed'],
      [1012, true, 'reconnecting'],
      [1006, false, 'reconnecting'],
      [0, false, 'reconnecting'],
    ] as const) {
      const harness = connectOpen();
      harness.socket.readyState = 3;
      harness.socket.fire('close', { code, reason: '', wasClean });
      expect(harness.closes).toMatchObject([{ code, wasClean: isClean }]);
      expect(harness.state.status).toBe(status);
    }
  });

  it('counts once when it is fired twice', () => {
    const harness = connectOpen();
    harness.socket.serverClose(1012);
    harness.socket.serverClose(1012);
    expect(harness.closes).toHaveLength(1);
    expect(harness.state.attempt).toBe(1);
  });

  it('is ignored when its socket was abandoned, and so is the open event', () => {
    const harness = connect({ heartbeat: { message: 'ping', interval: 1_000 } });
    const { onopen } = harness.socket;
    harness.connection.close();
    onopen!(new Event('open'));
    expect(harness.opens).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is ignored when its socket was replaced', () => {
    const harness = connectOpen();
    const { onclose, onmessage, onerror } = harness.socket;
    harness.socket.drop();
    passDelay(harness);
    harness.socket.accept();
    onclose!({ code: 1003, reason: '', wasClean: true } as CloseEvent);
    onerror!(new Event('error'));
    onmessage!(new MessageEvent('message', { data: 'stale' }));
    vi.advanceTimersByTime(10);
    expect(harness.state.status).toBe('open');
    expect(harness.messages).toEqual([]);
  });

  it.each([0, 999, 1004, 1016, 2999, 5000, 65_535])(
    'starts an outage when it has the code %i, which no peer should send',
    (code) => {
      const harness = connectOpen();
      harness.socket.serverClose(code);
      expect(harness.closes).toMatchObject([{ code, name: expect.stringMatching(/Unassigned|Reserved/) }]);
      expect(harness.state.status).toBe('reconnecting');
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
    const harness = connectOpen();
    harness.socket.serverClose(code);
    expect(harness.closes).toMatchObject([{ code, name }]);
    expect(Object.isFrozen(harness.closes[0])).toBe(true);
  });
});

describe('a socket whose close() throws', () => {
  it.each(['open', 'dialling'])('is released all the same, and listeners are notified, while %s', (phase) => {
    const harness = connect();
    if (phase === 'open') harness.socket.accept();
    const bug = new Error('the socket is broken');
    vi.spyOn(harness.socket, 'close').mockImplementation(() => {
      harness.socket.readyState = 3;
      throw bug;
    });
    harness.connection.close();
    expect(takeReported()).toEqual([bug]);
    expect(harness.state.status).toBe('closed');
    expect(harness.closes).toHaveLength(1);
    harness.connection.reconnect();
    harness.socket.accept();
    expect(harness.statuses.at(-1)).toBe('open');
  });
});

describe('a socket whose send() throws', () => {
  it('throws to the caller and reports no sent message', () => {
    const harness = connectOpen();
    vi.spyOn(harness.socket, 'send').mockImplementation(() => {
      throw new Error('the socket is broken');
    });
    expect(() => harness.connection.send('x')).toThrow('the socket is broken');
    harness.socket.serverClose(1003);
    expect(harness.state.error?.lastSent).toBeNull();
  });
});
