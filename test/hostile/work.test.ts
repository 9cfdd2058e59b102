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
    const harness = connectOpen({ maxMessageSize });
    const charCodeAt = vi.spyOn(String.prototype, 'charCodeAt');
    expect(countCalls(() => harness.socket.message(LONG), charCodeAt)).toBeLessThan(100);
    charCodeAt.mockRestore();
    expect(harness.errors).toHaveLength(1);
    expect(harness.messages).toEqual([]);
  });

  it('is accepted by its length where maxMessageSize is three times that', () => {
    const harness = connectOpen({ maxMessageSize: 3_000_000 });
    const charCodeAt = vi.spyOn(String.prototype, 'charCodeAt');
    expect(countCalls(() => harness.socket.message(LONG), charCodeAt)).toBeLessThan(100);
    charCodeAt.mockRestore();
    expect(harness.messages).toHaveLength(1);
  });

  it('is not counted for a listener of onEvent that does not ask for its size', () => {
    const harness = connectOpen();
    const charCodeAt = vi.spyOn(String.prototype, 'charCodeAt');
    expect(countCalls(() => harness.socket.message('a'.repeat(10_000)), charCodeAt)).toBeLessThan(100);
    const event = harness.events.find(({ type }) => type === 'message') as unknown as { size: number };
    expect(countCalls(() => expect(event.size).toBe(10_000), charCodeAt)).toBeGreaterThanOrEqual(10_000);
    charCodeAt.mockRestore();
    expect(event.size).toBe(10_000);
  });

  it('makes a short error, which says how much was left out', () => {
    const harness = connectOpen({
      contract: {
        ...json(),
        decode() {
          throw new Error('\u202e'.repeat(1_000_000));
        },
      },
    });
    harness.socket.message('x');
    expect(harness.errors[0]!.message.length).toBeLessThan(7_000);
    expect(harness.errors[0]!.message).toContain('999000 more characters');
  });
});

describe('a full queue', () => {
  /** How many entries of arrays are copied or moved by a flush of so many messages. */
  function movesOfFlush(count: number): number {
    const harness = connect({ sendQueue: { maxMessages: count, maxBytes: Infinity } });
    for (let sent = 0; sent < count; sent += 1) harness.connection.send('m');
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
      harness.socket.accept();
    } finally {
      names.forEach((name, index) => {
        Object.defineProperty(Array.prototype, name, originals[index]!);
      });
    }
    expect(harness.socket.sent).toHaveLength(count);
    return moves;
  }

  it('is flushed with work in proportion to its length', () => {
    for (const count of [1_000, 10_000, 200_000]) expect(movesOfFlush(count)).toBeLessThanOrEqual(4 * count);
  });

  it('hands a message back that a socket does not take, and goes on with the next one', () => {
    const harness = connect();
    for (const message of ['one', 'two', 'three']) harness.connection.send(message);
    const { send } = harness.socket;
    vi.spyOn(harness.socket, 'send').mockImplementation(function (this: typeof harness.socket, data) {
      if (data === 'two') throw new Error('This message is not taken.');
      send.call(this, data);
    });
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['one', 'three']);
    expect(harness.drops).toEqual([{ message: 'two', reason: 'failed' }]);
    expect(takeReported()).toHaveLength(1);
  });

  it('expires on time although the clock is put back', () => {
    const harness = connect({ sendQueue: { maxAge: 2_000 }, connectTimeout: Infinity });
    harness.connection.send('old');
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(2_000);
    expect(harness.drops).toEqual([{ message: 'old', reason: 'expired' }]);
  });
});

describe('hostile numbers', () => {
  it.each([NaN, Infinity, -1, 2, undefined])(
    'a Math.random that returns %s keeps delays in their window',
    (drawn) => {
      vi.spyOn(Math, 'random').mockReturnValue(drawn!);
      const harness = connectOpen({ random: undefined });
      harness.socket.drop();
      const delay = harness.state.retryAt! - Date.now();
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
    const harness = connectOpen({
      contract: {
        ...json(),
        decode: () => {
          harness.connection[method]();
          return 'late';
        },
      },
    });
    harness.socket.message('x');
    await settle();
    expect(harness.messages).toEqual([]);
  });
});
