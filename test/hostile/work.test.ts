import { describe, expect, it, vi } from 'vitest';
import { describeCloseCode } from '../../src/closeCodes/index.js';
import { json } from '../../src/core/index.js';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  settle,
  takeReported,
} from '../support/connectionHarness.js';

leaveNothingBehind();

/** Counts how often a method of a built-in class is called while a function runs. */
function countCalls(run: () => void, spy: { readonly mock: { readonly calls: unknown[] } }): number {
  const before = spy.mock.calls.length;
  run();
  return spy.mock.calls.length - before;
}

describe('a message of a million characters', () => {
  const LONG = 'a'.repeat(1_000_000);

  it.each([1, 1_000, 999_999])('is refused by its length where maxMessageSize is %i', (maxMessageSize) => {
    const bench = connectOpen({ maxMessageSize });
    const charCodeAt = vi.spyOn(String.prototype, 'charCodeAt');
    expect(countCalls(() => bench.socket.message(LONG), charCodeAt)).toBeLessThan(100);
    charCodeAt.mockRestore();
    expect(bench.errors).toHaveLength(1);
    expect(bench.messages).toEqual([]);
  });

  it('is accepted by its length where maxMessageSize is three times that', () => {
    const bench = connectOpen({ maxMessageSize: 3_000_000 });
    const charCodeAt = vi.spyOn(String.prototype, 'charCodeAt');
    expect(countCalls(() => bench.socket.message(LONG), charCodeAt)).toBeLessThan(100);
    charCodeAt.mockRestore();
    expect(bench.messages).toHaveLength(1);
  });

  it('is not counted for a listener of onEvent that does not ask for its size', () => {
    const bench = connectOpen();
    const charCodeAt = vi.spyOn(String.prototype, 'charCodeAt');
    expect(countCalls(() => bench.socket.message('a'.repeat(10_000)), charCodeAt)).toBeLessThan(100);
    const event = bench.events.find(({ type }) => type === 'message') as unknown as { size: number };
    expect(countCalls(() => expect(event.size).toBe(10_000), charCodeAt)).toBeGreaterThanOrEqual(10_000);
    charCodeAt.mockRestore();
    expect(event.size).toBe(10_000);
  });

  it('makes a short error, which says how much was left out', () => {
    const bench = connectOpen({
      contract: {
        ...json(),
        decode() {
          throw new Error('\u202e'.repeat(1_000_000));
        },
      },
    });
    bench.socket.message('x');
    expect(bench.errors[0]!.message.length).toBeLessThan(7_000);
    expect(bench.errors[0]!.message).toContain('999000 more characters');
  });
});

describe('a full queue', () => {
  /** How many entries of arrays are copied or moved by a flush of so many messages. */
  function movesOfFlush(count: number): number {
    const bench = connect({ sendQueue: { maxMessages: count, maxBytes: Infinity } });
    for (let sent = 0; sent < count; sent += 1) bench.connection.send('m');
    let moves = 0;
    // No spies, because those use arrays themselves.
    const names = ['slice', 'shift', 'splice'] as const;
    const originals = names.map((name) => Object.getOwnPropertyDescriptor(Array.prototype, name)!);
    names.forEach((name, index) => {
      const original = originals[index]!.value as (...args: unknown[]) => unknown;
      Object.defineProperty(Array.prototype, name, {
        ...originals[index],
        value(this: unknown[], ...args: unknown[]) {
          const result = original.apply(this, args);
          moves += name === 'slice' ? (result as unknown[]).length : this.length;
          return result;
        },
      });
    });
    try {
      bench.socket.accept();
    } finally {
      names.forEach((name, index) => {
        Object.defineProperty(Array.prototype, name, originals[index]!);
      });
    }
    expect(bench.socket.sent).toHaveLength(count);
    return moves;
  }

  it('is flushed with work in proportion to its length', () => {
    for (const count of [1_000, 10_000, 200_000]) expect(movesOfFlush(count)).toBeLessThanOrEqual(4 * count);
  });

  it('hands a message back that a socket does not take, and goes on with the next one', () => {
    const bench = connect();
    for (const message of ['one', 'two', 'three']) bench.connection.send(message);
    const { send } = bench.socket;
    vi.spyOn(bench.socket, 'send').mockImplementation(function (this: typeof bench.socket, data) {
      if (data === 'two') throw new Error('This message is not taken.');
      send.call(this, data);
    });
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['one', 'three']);
    expect(bench.drops).toEqual([{ message: 'two', reason: 'failed' }]);
    expect(takeReported()).toHaveLength(1);
  });

  it('expires on time although the clock is put back', () => {
    const bench = connect({ sendQueue: { maxAge: 2_000 }, connectTimeout: Infinity });
    bench.connection.send('old');
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(2_000);
    expect(bench.drops).toEqual([{ message: 'old', reason: 'expired' }]);
  });
});

describe('hostile numbers', () => {
  it.each([NaN, Infinity, -1, 2, undefined])(
    'a Math.random that returns %s keeps delays in their window',
    (drawn) => {
      vi.spyOn(Math, 'random').mockReturnValue(drawn!);
      const bench = connectOpen({ random: undefined });
      bench.socket.drop();
      const delay = bench.state.retryAt! - Date.now();
      expect(delay).toBeGreaterThanOrEqual(1_000);
      expect(delay).toBeLessThanOrEqual(5_000);
    },
  );

  it.each([Symbol('code'), NaN, null, undefined, {}, Object.create(null) as object, 10n, 'x', -1, Infinity])(
    'describeCloseCode describes any value',
    (value) => {
      expect(describeCloseCode(value as number).summary).toMatch(/\w/);
    },
  );
});

describe('close() inside decode', () => {
  it.each(['close', 'reconnect'] as const)('(or %s) delivers nothing', async (method) => {
    const bench = connectOpen({
      contract: {
        ...json(),
        decode: () => {
          bench.connection[method]();
          return 'late';
        },
      },
    });
    bench.socket.message('x');
    await settle();
    expect(bench.messages).toEqual([]);
  });
});
