import { describe, expect, it, vi } from 'vitest';
import { json, type RawMessage, text } from '../../../src/core/index.js';
import {
  type Bench,
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  passTimeWithoutTimers,
  present,
  settle,
  START,
  takeReported,
} from '../../support/connectionBench.js';
import { setOnline, setVisible } from '../../support/page.js';

leaveNothingBehind();

/** The shared timer notices a sleep at its next tick, in ms. */
const TICK = 10_000;

/** Ends the present socket and opens the next one. */
function restart(bench: Bench<never, never>, code = 1012): void {
  bench.socket.serverClose(code);
  passDelay(bench);
  bench.socket.accept();
}

describe('a machine that slept', () => {
  it('loses an open socket that has no heartbeat, and is back within a second', () => {
    const bench = connectOpen({ random: () => 0.4 });
    vi.advanceTimersByTime(TICK);
    passTimeWithoutTimers(3_600_000);
    vi.advanceTimersByTime(TICK);
    expect(bench.closes).toMatchObject([{ code: 1006, opened: true, local: false }]);
    expect(present(bench.state.retryAt) - Date.now()).toBe(400);
    passDelay(bench);
    expect(bench.server.dials).toBe(2);
  });

  it('probes an open socket that has a heartbeat, and keeps it after an answer', () => {
    const bench = connectOpen({ heartbeat: { message: 'ping', interval: 60_000 } });
    vi.advanceTimersByTime(TICK);
    passTimeWithoutTimers(3_600_000);
    vi.advanceTimersByTime(TICK);
    expect(bench.socket.sent).toEqual(['ping']);
    bench.socket.message('pong');
    vi.advanceTimersByTime(20_000);
    expect(bench.state.status).toBe('open');
    expect(bench.server.dials).toBe(1);
  });

  it('is not assumed of a hidden tab whose timers run once a minute', () => {
    const bench = connectOpen();
    setVisible(false);
    for (let minutes = 0; minutes < 5; minutes += 1) {
      passTimeWithoutTimers(50_000);
      vi.advanceTimersByTime(TICK);
    }
    expect(bench.state.status).toBe('open');
  });

  it('dials an overdue retry at once', () => {
    const bench = connectOpen();
    bench.socket.serverClose(1012);
    passTimeWithoutTimers(50_000);
    setVisible(true);
    expect(bench.server.dials).toBe(2);
  });
});

describe('a clock that is set', () => {
  it('two hours forward does not make a connection stable that was open for 300 ms', () => {
    const bench = connectOpen();
    bench.socket.drop();
    passDelay(bench);
    bench.socket.accept();
    vi.advanceTimersByTime(300);
    vi.setSystemTime(Date.now() + 7_200_000);
    bench.socket.drop();
    expect(bench.state.attempt).toBe(2);
  });
});

describe('onOpen', () => {
  it('says whether the connection has been open before, by whatever way it came back', () => {
    const bench = connectOpen();
    bench.connection.reconnect();
    bench.socket.accept();
    restart(bench as never);
    expect(bench.opens.map(({ reopened }) => reopened)).toEqual([false, true, true]);
    const events = bench.events.filter((event) => event.type === 'open');
    expect(events.map(({ reopened }) => reopened)).toEqual([false, true, true]);
  });
});

describe('the text of an error', () => {
  it('escapes line breaks, ANSI escapes and bidirectional overrides of a close reason, which itself stays raw', () => {
    const bench = connectOpen();
    const reason = 'a\nb\u001b[31mc\u202ed';
    bench.socket.serverClose(1008, reason);
    const { message, hint, close } = present(bench.state.error);
    for (const character of ['\n', '\u001b', '\u202e']) expect(message + hint).not.toContain(character);
    expect(message).toContain('a\\u000ab\\u001b[31mc\\u202ed');
    expect(close?.reason).toBe(reason);
  });

  it('names the address and what to check if the connection has never been open', () => {
    const bench = connect({ url: 'wss://example.com/undefined/chat?token=s', reconnect: { maxAttempts: 0 } });
    bench.socket.refuse();
    const { hint } = present(bench.state.error);
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
    const bench = connectOpen({ reconnect: { maxAttempts: 0 } });
    bench.socket.drop();
    expect(bench.state.error?.hint).toBe(
      'Check that the server is running and reachable, then call reconnect().',
    );
  });

  it('names the newest frame of each kind, and advises neither, if both were sent without an answer', () => {
    const bench = connectOpen();
    bench.connection.send(new Uint8Array(10));
    bench.connection.send('{"type":"ping"}');
    bench.socket.serverClose(1003);
    const { message, hint, lastSent } = present(bench.state.error);
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
  const kill = (bench: Bench): void => {
    bench.connection.send(new Uint8Array(4));
    bench.socket.drop();
  };

  it('is named from the third connection on, in the close, the event and one warning', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const bench = connectOpen({ url: 'wss://suspect.example/' });
    for (let connections = 1; connections <= 4; connections += 1) {
      kill(bench);
      const expected = connections >= 3 ? { kind: 'binary', type: 'Uint8Array', size: 4 } : null;
      const close = bench.closes.at(-1);
      if (expected) expect(close?.suspect).toMatchObject(expected);
      else expect(close?.suspect).toBeNull();
      const retry = bench.events.filter((event) => event.type === 'retry').at(-1);
      expect(retry?.suspect).toEqual(close?.suspect);
      passDelay(bench);
      bench.socket.accept();
    }
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain('binary (Uint8Array, 4 bytes)');
    expect(bench.state.status).toBe('open');
  });

  it('is not named if a message came in after it, if it is another kind, or if the connection lasted longer', () => {
    const bench = connectOpen();
    const ends: ((index: number) => void)[] = [
      () => {
        bench.connection.send('a');
        bench.socket.message('answer');
      },
      (index) => bench.connection.send(index % 2 ? 'a' : new Uint8Array(1)),
      () => {
        bench.connection.send('a');
        vi.advanceTimersByTime(1_001);
      },
    ];
    for (const end of ends)
      for (let index = 0; index < 5; index += 1) {
        end(index);
        bench.socket.drop();
        expect(bench.closes.at(-1)?.suspect).toBeNull();
        passDelay(bench);
        bench.socket.accept();
      }
  });
});

describe('a listener of onEvent that asks for the size of every message', () => {
  it('keeps no message from its readers where counting the bytes fails', () => {
    const bench = connectOpen({ binaryType: 'blob' });
    const sizes: number[] = [];
    bench.connection.onEvent((event) => {
      if (event.type === 'message') sizes.push(event.size);
    });
    const { TextEncoder } = globalThis;
    vi.stubGlobal('TextEncoder', undefined);
    const hostile = Object.defineProperty(new Blob(['x']), 'size', {
      get() {
        throw new Error('It has no size.');
      },
    });
    for (const data of ['ü', hostile, 'after']) bench.socket.message(data);
    // The fake socket itself needs it to close.
    vi.stubGlobal('TextEncoder', TextEncoder);
    expect(bench.messages).toEqual(['ü', hostile, 'after']);
    expect(sizes).toEqual([2, 5]);
    expect(takeReported()).toMatchObject([{ message: 'It has no size.' }]);
  });
});

describe('a page that is older than its server', () => {
  const contract = json({ receive: undefined });

  it('is suspected if the contract fails before the first message after a reopen', () => {
    const bench = connectOpen({ contract });
    bench.socket.message('1');
    restart(bench as never);
    bench.socket.serverClose(1003);
    expect(bench.state.error).toMatchObject({ kind: 'contract', isOutdated: true });
    expect(bench.state.error?.hint).toContain('a reload may help');
  });

  it('is suspected for a violation as well', () => {
    const bench = connectOpen({ contract });
    bench.socket.message('1');
    restart(bench as never);
    bench.socket.message('{');
    expect(bench.errors).toMatchObject([{ kind: 'contract', direction: 'incoming', isOutdated: true }]);
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
    for (const bench of [first, later, policy]) expect(bench.state.error?.isOutdated).toBe(false);
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
    const bench = connectOpen({ url });
    setOnline(false);
    bench.socket.drop();
    expect(bench.state.waitingFor).toBe('delay');
    passDelay(bench);
    expect(bench.server.dials).toBe(2);
  });

  it.each(['ws://localhost.example/', 'ws://128.0.0.1/', 'wss://example.com/localhost'])(
    'pauses any other address: %s',
    (url) => {
      const bench = connectOpen({ url });
      setOnline(false);
      bench.socket.drop();
      expect(bench.state.waitingFor).toBe('network');
    },
  );
});

describe('a heartbeat shorter than the slowest answer of the server', () => {
  it('does not make a connection stable that heard nothing, so maxAttempts is reached', () => {
    const bench = connectOpen({
      heartbeat: { message: 'ping', interval: 5_000, timeout: 1_000 },
      reconnect: { maxAttempts: 2 },
    });
    for (const _ of ['first life', 'second life']) {
      vi.advanceTimersByTime(6_000);
      passDelay(bench);
      bench.socket.accept();
    }
    vi.advanceTimersByTime(6_000);
    expect(bench.state).toMatchObject({ status: 'failed', error: { kind: 'exhausted' } });
    expect(bench.server.dials).toBe(3);
  });
});

describe('a close with 1000', () => {
  it('is a refused dial if the socket never opened', () => {
    const bench = connect();
    bench.socket.serverClose(1000);
    expect(bench.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
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
    const bench = connectOpen({ heartbeat: { interval: 1_000, timeout: 500 } });
    vi.advanceTimersByTime(1_400);
    bench.socket.message('the heartbeat of the server');
    vi.advanceTimersByTime(1_499);
    expect(bench.socket.sent).toEqual([]);
    expect(bench.state.status).toBe('open');
    vi.advanceTimersByTime(1);
    expect(bench.state.status).toBe('reconnecting');
  });

  it('pings every interval with always, although messages come in', () => {
    const bench = connectOpen({
      heartbeat: { message: 'ping', interval: 1_000, timeout: 500, always: true },
    });
    for (let steps = 0; steps < 50; steps += 1) {
      vi.advanceTimersByTime(100);
      bench.socket.message('data');
    }
    expect(bench.socket.sent).toEqual(Array.from({ length: 5 }, () => 'ping'));
  });

  it('sends and recognises raw frames beside a contract', () => {
    const bench = connectOpen<unknown, unknown>({
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
    bench.socket.message('pong', '{"price":1}');
    vi.advanceTimersByTime(900);
    expect(bench.socket.sent).toEqual(['ping']);
    expect(bench.messages).toEqual([{ price: 1 }]);
    expect(bench.errors).toEqual([]);
    expect(bench.state.status).toBe('open');
  });
});

describe('ready', () => {
  const options = {
    contract: json<{ type: string }, { type: string }>(),
    ready: ({ type }: { readonly type: string }) => type === 'welcome',
  };

  it('lets only what onOpen sends out until the login is acknowledged', () => {
    const bench: Bench<{ type: string }, { type: string }> = connect({
      ...options,
      onOpen: () => void bench.connection.send({ type: 'login' }),
    });
    bench.socket.accept();
    expect(bench.connection.send({ type: 'order' })).toBe('queued');
    expect(bench.state).toMatchObject({ status: 'connecting', waitingFor: 'handshake' });
    expect(bench.socket.sent).toEqual(['{"type":"login"}']);
    bench.socket.message('{"type":"welcome"}');
    expect(bench.state.status).toBe('open');
    expect(bench.messages).toEqual([{ type: 'welcome' }]);
    expect(bench.socket.sent).toEqual(['{"type":"login"}', '{"type":"order"}']);
    expect(bench.opens).toHaveLength(1);
  });

  it('counts as a refused dial if it does not come within connectTimeout', () => {
    const bench = connect({ ...options, connectTimeout: 2_000 });
    vi.advanceTimersByTime(500);
    bench.socket.accept();
    vi.advanceTimersByTime(1_500);
    expect(bench.closes).toMatchObject([{ code: 1006, opened: false }]);
    expect(bench.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
  });

  it('is awaited again at every reopen, and topics wait for it', () => {
    const bench: Bench<{ type: string }, { type: string }> = connect({
      ...options,
      topics: { of: () => undefined, subscribe: (topic) => ({ type: `subscribe ${topic}` }) },
    });
    bench.connection.onMessage(() => {}, { topic: 'a' });
    for (let sockets = 0; sockets < 2; sockets += 1) {
      bench.socket.accept();
      expect(bench.socket.sent).toEqual([]);
      bench.socket.message('{"type":"welcome"}');
      expect(bench.socket.sent).toEqual(['{"type":"subscribe a"}']);
      bench.socket.serverClose(1012);
      passDelay(bench);
    }
  });
});

describe('a topic reader that onOpen adds', () => {
  it('is subscribed after what onOpen sends, and with ready only once the login is acknowledged', () => {
    const bench: Bench<{ type: string }, { type: string }> = connect({
      contract: json<{ type: string }, { type: string }>(),
      ready: ({ type }) => type === 'welcome',
      topics: { of: () => undefined, subscribe: (topic) => ({ type: `subscribe ${topic}` }) },
      onOpen: () => {
        bench.connection.onMessage(() => {}, { topic: 'a' });
        bench.connection.send({ type: 'login' });
      },
    });
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['{"type":"login"}']);
    bench.socket.message('{"type":"welcome"}');
    expect(bench.socket.sent).toEqual(['{"type":"login"}', '{"type":"subscribe a"}']);
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
    const bench = connectOpen({ contract: json({ receive: positive, batch: true }) });
    bench.socket.message('[1,-1,2]', '3');
    expect(bench.messages).toEqual([1, 2]);
    expect(bench.errors.map(({ message }) => message)).toEqual([
      'The incoming message breaks the contract: not positive.',
      'The incoming message breaks the contract: it is no array of messages, and batch is true.',
    ]);
  });

  it('are delivered by decodeAll of a contract of one’s own, until a reader closes the connection', () => {
    const { sends, accepts, encode } = text();
    const lines = { sends, accepts, encode, decodeAll: (data: RawMessage) => (data as string).split('\n') };
    const bench: Bench<string, string> = connectOpen({
      contract: lines,
      onMessage: (line) => {
        if (line === 'b') bench.connection.close();
      },
    });
    bench.socket.message('a\nb\nc');
    expect(bench.messages).toEqual(['a', 'b']);
  });
});

describe('credentials', () => {
  it('that the URL function cannot bring are shown in the close, and decide is given the error', async () => {
    const expired = new Error('session expired');
    const asked: unknown[] = [];
    const bench = connect({
      url: () => Promise.reject(expired),
      reconnect: ({ close }) => {
        asked.push(close.error);
        return undefined;
      },
    });
    await settle();
    expect(bench.state.lastClose).toMatchObject({ code: 1006, error: expired });
    expect(asked).toEqual([expired]);
  });

  it('that are refused with 3000 are fetched once more by a URL function, then the connection fails', () => {
    const bench = connect({ url: () => 'wss://example.com/' });
    bench.socket.accept().serverClose(3000);
    expect(bench.state.status).toBe('reconnecting');
    passDelay(bench);
    bench.socket.accept().serverClose(3000);
    expect(bench.state).toMatchObject({ status: 'failed', error: { kind: 'policy', code: 3000 } });
    expect(bench.server.dials).toBe(2);
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
    const bench = connect();
    bench.socket.fire('error');
    bench.socket.readyState = 3;
    vi.advanceTimersByTime(0);
    expect(bench.state).toMatchObject({ status: 'reconnecting', attempt: 1 });
    expect(Date.now()).toBe(START);
  });
});
