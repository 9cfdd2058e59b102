// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { json } from '../../../src/core/index.js';
import {
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  passTimeWithoutTimers,
  START,
} from '../../support/connectionHarness.js';

leaveNothingBehind();

describe('the queue', () => {
  it('holds 100 messages, refuses more and keeps the first', () => {
    const harness = connect();
    const results = Array.from({ length: 102 }, (_, index) => harness.connection.send(String(index)));
    expect(results.slice(98)).toEqual(['queued', 'queued', 'refused', 'refused']);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(Array.from({ length: 100 }, (_, index) => String(index)));
    expect(harness.drops).toEqual([]);
  });

  it('holds 1 MiB of payload, counted in UTF-8', () => {
    const { connection } = connect();
    expect(connection.send('€'.repeat(1_048_576 / 4))).toBe('queued');
    expect(connection.send(new Uint8Array(1_048_576 / 4))).toBe('queued');
    expect(connection.send('x')).toBe('refused');
    expect(connection.send('')).toBe('queued');
    expect(connect().connection.send(new Blob(['x'.repeat(1_048_577)]))).toBe('refused');
  });

  it('has room again after it was sent', () => {
    const harness = connect({ sendQueue: { maxMessages: 1, maxBytes: 4 } });
    harness.connection.send('four');
    harness.socket.accept().drop();
    expect(harness.connection.send('more')).toBe('queued');
    expect(harness.connection.send('')).toBe('refused');
  });

  it.each([false, { maxMessages: 0 }] as const)('is off with %j', (sendQueue) => {
    const { connection, socket } = connect({ sendQueue });
    expect(connection.send('x')).toBe('refused');
    socket.accept();
    expect(socket.sent).toEqual([]);
  });

  it('keeps the order when a message is sent during the flush', () => {
    const harness = connect();
    const results: string[] = [];
    harness.connection.onEvent((event) => {
      if (event.type === 'sent' && event.message === 'first') results.push(harness.connection.send('fourth'));
    });
    for (const message of ['first', 'second', 'third']) harness.connection.send(message);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['first', 'second', 'third', 'fourth']);
    expect(results).toEqual(['queued']);
    expect(harness.connection.send('fifth')).toBe('sent');
  });

  it.each([undefined, false, { maxMessages: 1 }] as const)(
    "sends onOpen's messages first and its own before those of listeners that see the open state (sendQueue: %j)",
    (sendQueue) => {
      const harness = connect({ sendQueue, onOpen: () => void harness.connection.send('authenticate') });
      const queued = harness.connection.send('queued') === 'queued' ? ['queued'] : [];
      const sendWhenOpen = (name: string) => () => {
        if (harness.state.status === 'open') harness.connection.send(name);
      };
      harness.connection.subscribe(sendWhenOpen('listener'));
      harness.connection.onEvent(({ type }) => type === 'open' && harness.connection.send('tap'));
      harness.socket.accept();
      expect(harness.socket.sent).toEqual(['authenticate', ...queued, 'listener', 'tap']);
      expect(harness.connection.send('later')).toBe('sent');
    },
  );

  it('is not blocked by a socket that was replaced while it opened', () => {
    const harness = connect();
    let isFirst = true;
    harness.connection.subscribe(() => {
      if (harness.state.status === 'open' && isFirst) {
        isFirst = false;
        harness.connection.reconnect();
      }
    });
    harness.socket.accept();
    harness.socket.accept();
    expect(harness.connection.send('x')).toBe('sent');
  });

  it('keeps the order when onDrop sends a message for an expired one', () => {
    const harness = connect({
      sendQueue: { maxAge: 1_000 },
      onOpen() {
        passTimeWithoutTimers(600);
      },
      onDrop() {
        harness.connection.send('instead');
      },
    });
    harness.connection.send('old');
    passTimeWithoutTimers(900);
    harness.connection.send('young');
    harness.socket.accept();
    expect(harness.drops).toEqual([{ message: 'old', reason: 'expired' }]);
    expect(harness.socket.sent).toEqual(['young', 'instead']);
  });

  it('holds the bytes as they were at send()', () => {
    const harness = connect();
    const bytes = new Uint8Array([1, 2, 3, 4]);
    harness.connection.send(bytes.buffer);
    harness.connection.send(bytes.subarray(1, 3));
    harness.connection.send(new DataView(bytes.buffer, 2));
    bytes.fill(9);
    harness.socket.accept();
    const sent = harness.socket.sent.map((data) =>
      ArrayBuffer.isView(data)
        ? [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]
        : [...new Uint8Array(data as ArrayBuffer)],
    );
    expect(sent).toEqual([
      [1, 2, 3, 4],
      [2, 3],
      [3, 4],
    ]);
  });

  it('holds a message as it was encoded at send()', () => {
    const harness = connect({ contract: json<unknown, { price: number }>() });
    const quote = { price: 1 };
    harness.connection.send(quote);
    quote.price = 2;
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['{"price":1}']);
  });

  it('is sent after the messages of onOpen and after the subscriptions', () => {
    const harness = connect<string, string>({
      topics: { of: () => undefined, subscribe: (topic) => `subscribe ${topic}` },
      onOpen: () => expect(harness.connection.send('authenticate')).toBe('sent'),
    });
    harness.connection.send('queued');
    harness.connection.onMessage(() => {}, { topic: 'a' });
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['authenticate', 'subscribe a', 'queued']);
    harness.socket.drop();
    harness.connection.send('queued again');
    passDelay(harness);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['authenticate', 'subscribe a', 'queued again']);
  });

  it('is kept when the socket begins to close in onOpen', () => {
    let opens = 0;
    const harness = connect({
      onOpen: () => {
        if ((opens += 1) === 1) harness.socket.beginServerClose();
      },
    });
    harness.connection.send('a');
    harness.connection.send('b');
    harness.socket.accept();
    const [first] = harness.server.sockets;
    expect([first!.sent, first!.lost]).toEqual([[], []]);
    first!.drop();
    passDelay(harness);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['a', 'b']);
  });

  it('stops when the socket closes and resumes at that message', () => {
    const harness = connect();
    for (const message of ['a', 'b', 'c']) harness.connection.send(message);
    const [first] = harness.server.sockets;
    harness.connection.onEvent(({ type }) => {
      if (type === 'sent' && first!.sent.length === 1) first!.beginServerClose();
    });
    first!.accept();
    first!.drop();
    passDelay(harness);
    harness.socket.accept();
    expect(harness.server.sockets.map(({ sent }) => sent)).toEqual([['a'], ['b', 'c']]);
  });

  describe('onDrop', () => {
    it("receives a message after 30 s, as 'expired'", () => {
      const harness = connect({ connectTimeout: 100_000 });
      harness.connection.send('old');
      vi.advanceTimersByTime(10_000);
      harness.connection.send('new');
      vi.advanceTimersByTime(19_999);
      expect(harness.drops).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(harness.drops).toEqual([{ message: 'old', reason: 'expired' }]);
      harness.socket.accept();
      expect(harness.socket.sent).toEqual(['new']);
    });

    it('receives a message that expired while the connection was idle, and the message is not sent', () => {
      const harness = connect({ unused: true });
      harness.connection.send('old');
      vi.advanceTimersByTime(30_000);
      const release = harness.connection.retain();
      harness.socket.accept();
      expect(harness.socket.sent).toEqual([]);
      expect(harness.drops).toEqual([{ message: 'old', reason: 'expired' }]);
      release();
      vi.advanceTimersByTime(0);
    });

    it("receives every message on close(), as 'closed'", () => {
      const harness = connect();
      harness.connection.send('a');
      harness.connection.send('b');
      harness.connection.close();
      expect(harness.drops).toEqual([
        { message: 'a', reason: 'closed' },
        { message: 'b', reason: 'closed' },
      ]);
    });

    it("receives every message on a normal close by the server, as 'closed'", () => {
      const harness = connectOpen();
      harness.socket.beginServerClose();
      harness.connection.send('a');
      harness.socket.serverClose(1000);
      expect(harness.drops).toEqual([{ message: 'a', reason: 'closed' }]);
    });

    it("receives every message on a failure, as 'failed', together with the error", () => {
      const order: string[] = [];
      const harness = connect({
        reconnect: { maxAttempts: 0 },
        onError: () => order.push('error'),
        onDrop: ({ reason }) => order.push(reason),
      });
      harness.connection.send('a');
      harness.socket.refuse();
      expect(order.sort()).toEqual(['error', 'failed']);
    });

    it("receives every message when the last user releases the connection, as 'unmounted'", () => {
      const harness = connect();
      harness.connection.send('a');
      harness.release();
      expect(harness.drops).toEqual([]);
      vi.advanceTimersByTime(0);
      expect(harness.drops).toEqual([{ message: 'a', reason: 'unmounted' }]);
    });

    it('receives the original message and not its encoded form', () => {
      const harness = connect({ contract: json<unknown, { price: number }>() });
      const quote = { price: 1 };
      harness.connection.send(quote);
      harness.connection.close();
      expect(harness.drops[0]?.message).toBe(quote);
    });

    it('receives each message only once when it sends the message again', () => {
      let resent = 0;
      const harness = connect({
        onDrop({ message }) {
          if ((resent += 1) < 100) harness.connection.send(message);
        },
      });
      harness.connection.send('a');
      harness.release();
      vi.advanceTimersByTime(0);
      expect(harness.drops).toEqual([{ message: 'a', reason: 'unmounted' }]);
    });
  });

  it('accepts messages that onError sends after calling reconnect()', () => {
    const harness = connectOpen({
      onError() {
        harness.connection.reconnect();
        expect(harness.connection.send('sign in')).toBe('queued');
      },
    });
    harness.socket.serverClose(3000);
    expect(harness.state.status).toBe('connecting');
    harness.socket.accept();
    expect(harness.drops).toEqual([]);
    expect(harness.socket.sent).toEqual(['sign in']);
  });

  it('keeps its messages when onClose calls reconnect()', () => {
    const harness = connectOpen({
      onClose: () => {
        harness.connection.reconnect();
      },
    });
    harness.socket.beginServerClose();
    harness.connection.send('held');
    harness.socket.serverClose(1000);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['held']);
    expect(harness.drops).toEqual([]);
  });

  it('never expires with maxAge Infinity and starts no timer', () => {
    const harness = connect({ sendQueue: { maxAge: Infinity }, connectTimeout: 2 ** 31 - 1 });
    harness.connection.send('a');
    vi.advanceTimersByTime(2 ** 30);
    harness.socket.accept();
    expect(harness.socket.sent).toEqual(['a']);
  });

  it('reports queued and sent messages as events with their size in bytes', () => {
    const harness = connect();
    harness.connection.send('€');
    harness.socket.accept();
    harness.connection.send(new Uint8Array(2));
    const frames = harness.events.filter(({ type }) => type === 'queued' || type === 'sent');
    expect(frames).toMatchObject([
      { type: 'queued', message: '€', kind: 'text', size: 3, at: START },
      { type: 'sent', message: '€', kind: 'text', size: 3 },
      { type: 'sent', kind: 'binary', size: 2 },
    ]);
  });
});
