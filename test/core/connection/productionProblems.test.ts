import { describe, expect, it, vi } from 'vitest';
import { json, type RawMessage, text } from '../../../src/core/index.js';
import {
  type ConnectionHarness,
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  passTimeWithoutTimers,
  present,
  settle,
  START,
  takeReported,
} from '../../support/connectionHarness.js';
import { setOnline, setVisible } from '../../support/page.js';

leaveNothingBehind();

/** The shared timer notices a sleep at its next tick, in ms. */
const TICK = 10_000;

/** Ends the present socket and opens the next one. */
function restart(harness: ConnectionHarness<never, never>, code = 1012): void {
  harness.socket.serverClose(code);
  passDelay(harness);
  harness.socket.accept();
}

describe('a machine that slept', () => {
  it('loses an open socket that has no heartbeat, and is back within a second', () => {
    const harness = connectOpen({ random: () => 0.4 });
    vi.advanceTimersByTime(TICK);
    passTimeWithoutTimers(3_600_000);
    vi.advanceTimersByTime(TICK);
    expect(harness.closes).toMatchObject([{ code: 1006, opened: true, local: false }]);
    expect(present(harness.state.retryAt) - Date.now()).toBe(400);
    passDelay(harness);
    expect(harness.server.dials).toBe(2);
  });

  it('probes an open socket that has a heartbeat, and keeps it after an answer', () => {
    const harness = connectOpen({ heartbeat: { message: 'ping', interval: 60_000 } });
    vi.advanceTimersByTime(TICK);
    passTimeWithoutTimers(3_600_000);
    vi.advanceTimersByTime(TICK);
    expect(harness.socket.sent).toEqual(['ping']);
    harness.socket.message('pong');
    vi.advanceTimersByTime(20_000);
    expect(harness.state.status).toBe('open');
    expect(harness.server.dials).toBe(1);
  });

  it('is not assumed of a hidden tab whose timers run once a minute', () => {
    const harness = connectOpen();
    setVisible(false);
    for (let minutes = 0; minutes < 5; minutes += 1) {
      passTimeWithoutTimers(50_000);
      vi.advanceTimersByTime(TICK);
    }
    expect(harness.state.status).toBe('open');
  });

  it('dials an overdue retry at once', () => {
    const harness = connectOpen();
    harness.socket.serverClose(1012);
    passTimeWithoutTimers(50_000);
    setVisible(true);
    expect(harness.server.dials).toBe(2);
  });
});

describe('a clock that is set', () => {
  it('two hours forward does not make a connection stable that was open for 300 ms', () => {
    const harness = connectOpen();
    harness.socket.drop();
    passDelay(harness);
    harness.socket.accept();
    vi.advanceTimersByTime(300);
    vi.setSystemTime(Date.now() + 7_200_000);
    harness.socket.drop();
    expect(harness.state.attempt).toBe(2);
  });
});

describe('onOpen', () => {
  it('says whether the connection has been open before, by whatever way it came back', () => {
    const harness = connectOpen();
    harness.connection.reconnect();
    harness.socket.accept();
    restart(harness as never);
    expect(harness.opens.map(({ reopened }) => reopened)).toEqual([false, true, true]);
    const events = harness.events.filter((event) => event.type === 'open');
    expect(events.map(({ reopened }) => reopened)).toEqual([false, true, true]);
  });
});

describe('the text of an error', () => {
  it('escapes line breaks, ANSI escapes and bidirectional overrides of a close reason, which itself stays raw', () => {
    const harness = connectOpen();
    const reason = 'a\nb\u001b[31mc\u202ed';
    harness.socket.serverClose(1008, reason);
    const { message, hint, close } = present(harness.state.error);
    for (const character of ['\n', '\u001b', '\u202e']) expect(message + hint).not.toContain(character);
    expect(message).toContain('a\\u000ab\\u001b[31mc\\u202ed');
    expect(close?.reason).toBe(reason);
  });

  it('names the address and what to check if the connection has never been open', () => {
    const harness = connect({
      url: 'wss://example.com/undefined/chat?token=s',
      reconnect: { maxAttempts: 0 },
    });
    harness.socket.refuse();
    const { hint } = present(harness.state.error);
    expect(hint).toContain('never been open');
    for (const part of [
      'wss://example.com/undefined/chat',
      'subprotocol',
      'proxy',
      'Content Security Policy',
    ])
      expect(hint).toContain(part);
    expect(hint).not.toContain('token');
  });

  it('tells to check the server if the connection was open once', () => {
    const harness = connectOpen({ reconnect: { maxAttempts: 0 } });
    harness.socket.drop();
    expect(harness.state.error?.hint).toBe(
      'Check that the server is running and reachable, then call reconnect().',
    );
  });

  it('names the newest frame of each kind, and advises neither, if both were sent without an answer', () => {
    const harness = connectOpen();
    harness.connection.send(new Uint8Array(10));
    harness.connection.send('{"type":"ping"}');
    harness.socket.serverClose(1003);
    const { message, hint, lastSent } = present(harness.state.error);
    expect(message).toContain('text (string, 15 bytes) and binary (Uint8Array, 10 bytes)');
    expect(message + hint).not.toMatch(/send (text|binary)/);
    expect(lastSent).toMatchObject({ kind: 'text', size: 15 });
  });

  it('says which option is a default in a contradiction', () => {
    expect(() => connect({ reconnect: { minDelay: 6_000 } })).toThrow(
      'reconnect: minDelay (6000) exceeds maxDelay (5000, the default)',
    );
  });

  it('names the option of an empty URL', () => {
    expect(connect({ url: '' }).state.error?.message).toContain('the url is empty');
  });
});

describe('a frame that ends the connection every time', () => {
  const kill = (harness: ConnectionHarness): void => {
    harness.connection.send(new Uint8Array(4));
    harness.socket.drop();
  };

  it('is named from the third connection on, in the close, the event and one warning', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const harness = connectOpen({ url: 'wss://suspect.example/' });
    for (let connections = 1; connections <= 4; connections += 1) {
      kill(harness);
      const expected = connections >= 3 ? { kind: 'binary', type: 'Uint8Array', size: 4 } : null;
      const close = harness.closes.at(-1);
      if (expected) expect(close?.suspect).toMatchObject(expected);
      else expect(close?.suspect).toBeNull();
      const retry = harness.events.filter((event) => event.type === 'retry').at(-1);
      expect(retry?.suspect).toEqual(close?.suspect);
      passDelay(harness);
      harness.socket.accept();
    }
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain('binary (Uint8Array, 4 bytes)');
    expect(harness.state.status).toBe('open');
  });

  it('is not named if a message came in after it, if it is another kind, or if the connection lasted longer', () => {
    const harness = connectOpen();
    const ends: ((index: number) => void)[] = [
      () => {
        harness.connection.send('a');
        harness.socket.message('answer');
      },
      (index) => harness.connection.send(index % 2 ? 'a' : new Uint8Array(1)),
      () => {
        harness.connection.send('a');
        vi.advanceTimersByTime(1_001);
      },
    ];
    for (const end of ends)
      for (let index = 0; index < 5; index += 1) {
        end(index);
        harness.socket.drop();
        expect(harness.closes.at(-1)?.suspect).toBeNull();
        passDelay(harness);
        harness.socket.accept();
      }
  });
});

describe('a listener of onEvent that asks for the size of every message', () => {
  it('keeps no message from its readers where counting the bytes fails', () => {
    const harness = connectOpen({ binaryType: 'blob' });
    const sizes: number[] = [];
    harness.connection.onEvent((event) => {
      if (event.type === 'message') sizes.push(event.size);
    });
    const { TextEncoder } = globalThis;
    vi.stubGlobal('TextEncoder', undefined);
    const hostile = Object.defineProperty(new Blob(['x']), 'size', {
      get() {
        throw new Error('It has no size.');
      },
    });
    for (const data of ['ü', hostile, 'after']) harness.socket.message(data);
    // The fake socket itself needs it to close.
    vi.stubGlobal('TextEncoder', TextEncoder);
    expect(harness.messages).toEqual(['ü', hostile, 'after']);
    expect(sizes).toEqual([2, 5]);
    expect(takeReported()).toMatchObject([{ message: 'It has no size.' }]);
  });
});

describe('a page that is older than its server', () => {
  const contract = json({ receive: undefined });

  it('is suspected if the contract fails before the first message after a reopen', () => {
    const harness = connectOpen({ contract });
    harness.socket.message('1');
    restart(harness as never);
    harness.socket.serverClose(1003);
    expect(harness.state.error).toMatchObject({ kind: 'contract', isOutdated: true });
    expect(harness.state.error?.hint).toContain('a reload may help');
  });

  it('is suspected for a violation as well', () => {
    const harness = connectOpen({ contract });
    harness.socket.message('1');
    restart(harness as never);
    harness.socket.message('{');
    expect(harness.errors).toMatchObject([{ kind: 'contract', direction: 'incoming', isOutdated: true }]);
  });

  it('is not suspected at the first connection, after a delivered message, or for another kind of error', () => {
    const first = connectOpen({ contract });
    first.socket.serverClose(1003);
    const later = connectOpen({ contract });
    later.socket.message('1');
    restart(later as never);
    later.socket.message('2');
    later.socket.serverClose(1003);
    const policy = connectOpen({ contract });
    policy.socket.message('1');
    restart(policy as never);
    policy.socket.serverClose(1008);
    for (const harness of [first, later, policy]) expect(harness.state.error?.isOutdated).toBe(false);
  });
});

describe('offline', () => {
  it.each([
    'ws://localhost:8080/',
    'ws://app.localhost/',
    'ws://127.0.0.1:1/x',
    'ws://127.9.9.9/',
    'ws://[::1]:9/',
  ])('does not pause an address of this machine: %s', (url) => {
    const harness = connectOpen({ url });
    setOnline(false);
    harness.socket.drop();
    expect(harness.state.waitingFor).toBe('delay');
    passDelay(harness);
    expect(harness.server.dials).toBe(2);
  });

  it.each(['ws://localhost.example/', 'ws://128.0.0.1/', 'wss://example.com/localhost'])(
    'pauses any other address: %s',
    (url) => {
      const harness = connectOpen({ url });
      setOnline(false);
      harness.socket.drop();
      expect(harness.state.waitingFor).toBe('network');
    },
  );
});

describe('a heartbeat shorter than the slowest answer of the server', () => {
  it('does not make a connection stable that heard nothing, so maxAttempts is reached', () => {
    const harness = connectOpen({
      heartbeat: { message: 'ping', interval: 5_000, timeout: 1_000 },
      reconnect: { maxAttempts: 2 },
    });
    for (const _ of ['first life', 'second life']) {
      vi.advanceTimersByTime(6_000);
      passDelay(harness);
      harness.socket.accept();
    }
    vi.advanceTimersByTime(6_000);
    expect(harness.state).toMatchObject({ status: 'failed', error: { kind: 'exhausted' } });
    expect(harness.server.dials).toBe(3);
  });
});

describe('a close with 1000', () => {
  it('is a refused dial if the socket never opened', () => {
    const harness = connect();
    harness.socket.serverClose(1000);
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });

  it('reconnects if it is not clean, and stops if it is', () => {
    const unclean = connectOpen();
    unclean.socket.serverClose(1000, '', false);
    expect(unclean.state.status).toBe('reconnecting');
    const clean = connectOpen();
    clean.socket.serverClose(1000);
    expect(clean.state.status).toBe('closed');
  });
});

describe('heartbeat', () => {
  it('only listens without a message, and ends a silence of interval + timeout', () => {
    const harness = connectOpen({ heartbeat: { interval: 1_000, timeout: 500 } });
    vi.advanceTimersByTime(1_400);
    harness.socket.message('the heartbeat of the server');
    vi.advanceTimersByTime(1_499);
    expect(harness.socket.sent).toEqual([]);
    expect(harness.state.status).toBe('open');
    vi.advanceTimersByTime(1);
    expect(harness.state.status).toBe('reconnecting');
  });

  it('pings every interval with always, although messages come in', () => {
    const harness = connectOpen({
      heartbeat: { message: 'ping', interval: 1_000, timeout: 500, always: true },
    });
    for (let steps = 0; steps < 50; steps += 1) {
      vi.advanceTimersByTime(100);
      harness.socket.message('data');
    }
    expect(harness.socket.sent).toEqual(Array.from({ length: 5 }, () => 'ping'));
  });

  it('sends and recognises raw frames beside a contract', () => {
    const harness = connectOpen<unknown, unknown>({
      contract: json(),
      heartbeat: {
        raw: true,
        message: 'ping',
        interval: 1_000,
        timeout: 500,
        isReply: (data: RawMessage) => data === 'pong',
      },
    });
    vi.advanceTimersByTime(1_000);
    harness.socket.message('pong', '{"price":1}');
    vi.advanceTimersByTime(900);
    expect(harness.socket.sent).toEqual(['ping']);
    expect(harness.messages).toEqual([{ price: 1 }]);
    expect(harness.errors).toEqual([]);
    expect(harness.state.status).toBe('open');
  });
});

describe('ready', () => {
  const options = {
    contract: json<{ type: string }, { type: string }>(),
    ready: ({ type }: { readonly type: string }) => type === 'welcome',
  };

  it('lets only what onOpen sends out until the login is acknowledged', () => {
    const harness: ConnectionHarness<{ type: string }, { type: string }> = connect({
      ...options,
      onOpen: () => void harness.connection.send({ type: 'login' }),
    });
    harness.socket.accept();
    expect(harness.connection.send({ type: 'order' })).toBe('queued');
    expect(harness.state).toMatchObject({ status: 'connecting', waitingFor: 'handshake' });
    expect(harness.socket.sent).toEqual(['{"type":"login"}']);
    harness.socket.message('{"type":"welcome"}');
    expect(harness.state.status).toBe('open');
    expect(harness.messages).toEqual([{ type: 'welcome' }]);
    expect(harness.socket.sent).toEqual(['{"type":"login"}', '{"type":"order"}']);
    expect(harness.opens).toHaveLength(1);
  });

  it('may be recognised by any truthy result, as array filters do', () => {
    const harness = connect({ ready: ((text: string) => text.length) as never });
    harness.socket.accept();
    harness.socket.message('');
    expect(harness.state.status).toBe('connecting');
    harness.socket.message('welcome');
    expect(harness.state.status).toBe('open');
  });

  it('counts as a refused dial if it does not come within connectTimeout', () => {
    const harness = connect({ ...options, connectTimeout: 2_000 });
    vi.advanceTimersByTime(500);
    harness.socket.accept();
    vi.advanceTimersByTime(1_500);
    expect(harness.closes).toMatchObject([{ code: 1006, opened: false }]);
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });

  it('that never comes means that the connection has never been open', () => {
    const harness = connect({ ...options, reconnect: { maxAttempts: 1 } });
    for (let sockets = 0; sockets < 2; sockets += 1) {
      harness.socket.accept();
      harness.socket.serverClose(1012);
      if (sockets === 0) passDelay(harness);
    }
    expect(harness.opens.map(({ reopened }) => reopened)).toEqual([false, false]);
    expect(harness.state.error?.hint).toContain('has never been open');
  });

  it('is awaited again at every reopen, and topics wait for it', () => {
    const harness: ConnectionHarness<{ type: string }, { type: string }> = connect({
      ...options,
      topics: { of: () => undefined, subscribe: (topic) => ({ type: `subscribe ${topic}` }) },
    });
    harness.connection.onMessage(() => {}, { topic: 'a' });
    for (let sockets = 0; sockets < 2; sockets += 1) {
      harness.socket.accept();
      expect(harness.socket.sent).toEqual([]);
      harness.socket.message('{"type":"welcome"}');
      expect(harness.socket.sent).toEqual(['{"type":"subscribe a"}']);
      harness.socket.serverClose(1012);
      passDelay(harness);
    }
  });
});

describe('a topic reader that onOpen adds', () => {
  it('is subscribed after what onOpen sends, and with ready only once the login is acknowledged', () => {
    const harness: ConnectionHarness<{ type: string }, { type: string }> = connect({
      contract: json<{ type: string }, { type: string }>(),
      ready: ({ type }) => type === 'welcome',
      topics: { of: () => undefined, subscribe: (topic) => ({ type: `subscribe ${topic}` }) },
      onOpen: () => {
        harness.connection.onMessage(() => {}, { topic: 'a' });
        harness.connection.send({ type: 'login' });
      },
    });
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['{"type":"login"}']);
    harness.socket.message('{"type":"welcome"}');
    expect(harness.socket.sent).toEqual(['{"type":"login"}', '{"type":"subscribe a"}']);
  });
});

describe('several messages in one frame', () => {
  it('are validated and delivered one by one with batch', () => {
    const positive = {
      '~standard': {
        version: 1 as const,
        vendor: 'test',
        validate: (value: unknown) =>
          Number(value) > 0 ? { value: Number(value) } : { issues: [{ message: 'not positive' }] },
      },
    };
    const harness = connectOpen({ contract: json({ receive: positive, batch: true }) });
    harness.socket.message('[1,-1,2]', '3');
    expect(harness.messages).toEqual([1, 2]);
    expect(harness.errors.map(({ message }) => message)).toEqual([
      'The incoming message breaks the contract: not positive.',
      'The incoming message breaks the contract: it is no array of messages, and batch is true.',
    ]);
  });

  it('are delivered by decodeAll of a contract of one’s own, until a reader closes the connection', () => {
    const { sends, accepts, encode } = text();
    const lines = { sends, accepts, encode, decodeAll: (data: RawMessage) => (data as string).split('\n') };
    const harness: ConnectionHarness<string, string> = connectOpen({
      contract: lines,
      onMessage: (line) => {
        if (line === 'b') harness.connection.close();
      },
    });
    harness.socket.message('a\nb\nc');
    expect(harness.messages).toEqual(['a', 'b']);
  });
});

describe('credentials', () => {
  it('that the URL function cannot bring are shown in the close, and decide is given the error', async () => {
    const expired = new Error('session expired');
    const asked: unknown[] = [];
    const harness = connect({
      url: () => Promise.reject(expired),
      reconnect: ({ close }) => {
        asked.push(close.error);
        return undefined;
      },
    });
    await settle();
    expect(harness.state.lastClose).toMatchObject({ code: 1006, error: expired });
    expect(asked).toEqual([expired]);
  });

  it('that are refused with 3000 are fetched once more by a URL function, then the connection fails', () => {
    const harness = connect({ url: () => 'wss://example.com/' });
    harness.socket.accept().serverClose(3000);
    expect(harness.state.status).toBe('reconnecting');
    passDelay(harness);
    harness.socket.accept().serverClose(3000);
    expect(harness.state).toMatchObject({ status: 'failed', error: { kind: 'policy', code: 3000 } });
    expect(harness.server.dials).toBe(2);
  });
});

describe('a Content Security Policy', () => {
  const violate = (blockedURI: string): void => {
    const details = { effectiveDirective: 'connect-src', blockedURI };
    document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), details));
  };

  it('fails only the dial whose address it blocks, and one listener serves all dials', () => {
    const add = vi.spyOn(document, 'addEventListener');
    const remove = vi.spyOn(document, 'removeEventListener');
    const [blocked, allowed] = [connect({ url: 'wss://blocked.example/a?token=s' }), connect()];
    const count = ({ mock }: typeof add | typeof remove): number =>
      mock.calls.filter(([type]) => type === 'securitypolicyviolation').length;
    violate('wss://blocked.example');
    expect(blocked.state.error).toMatchObject({ kind: 'setup' });
    expect(blocked.state.error?.message).toBe(
      'The Content Security Policy of this page blocks wss://blocked.example/a.',
    );
    expect(blocked.state.error?.hint).toContain('connect-src');
    expect(allowed.state.status).toBe('connecting');
    allowed.socket.accept();
    expect([count(add), count(remove)]).toEqual([1, 1]);
  });
});

describe('a dial that WebKit blocks', () => {
  it('is refused although its socket is CLOSED only in the task after the error, and never says so', () => {
    const harness = connect();
    harness.socket.fire('error');
    harness.socket.readyState = 3;
    vi.advanceTimersByTime(0);
    expect(harness.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
    expect(Date.now()).toBe(START);
  });
});
