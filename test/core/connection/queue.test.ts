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
} from '../../support/connectionBench.js';

leaveNothingBehind();

describe('the queue', () => {
  it('holds 100 messages, refuses more and keeps the first', () => {
    const bench = connect();
    const results = Array.from({ length: 102 }, (_, index) => bench.connection.send(String(index)));
    expect(results.slice(98)).toEqual(['queued', 'queued', 'refused', 'refused']);
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(Array.from({ length: 100 }, (_, index) => String(index)));
    expect(bench.drops).toEqual([]);
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
    const bench = connect({ sendQueue: { maxMessages: 1, maxBytes: 4 } });
    bench.connection.send('four');
    bench.socket.accept().drop();
    expect(bench.connection.send('more')).toBe('queued');
    expect(bench.connection.send('')).toBe('refused');
  });

  it.each([false, { maxMessages: 0 }] as const)('is off with %j', (sendQueue) => {
    const { connection, socket } = connect({ sendQueue });
    expect(connection.send('x')).toBe('refused');
    socket.accept();
    expect(socket.sent).toEqual([]);
  });

  it('keeps the order when a message is sent during the flush', () => {
    const bench = connect();
    const results: string[] = [];
    bench.connection.onEvent((event) => {
      if (event.type === 'sent' && event.message === 'first') results.push(bench.connection.send('fourth'));
    });
    for (const message of ['first', 'second', 'third']) bench.connection.send(message);
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['first', 'second', 'third', 'fourth']);
    expect(results).toEqual(['queued']);
    expect(bench.connection.send('fifth')).toBe('sent');
  });

  it.each([undefined, false, { maxMessages: 1 }] as const)(
    "sends onOpen's messages first and its own before those of listeners that see the open state (sendQueue: %j)",
    (sendQueue) => {
      const bench = connect({ sendQueue, onOpen: () => void bench.connection.send('authenticate') });
      const queued = bench.connection.send('queued') === 'queued' ? ['queued'] : [];
      const sendWhenOpen = (name: string) => () => {
        if (bench.state.status === 'open') bench.connection.send(name);
      };
      bench.connection.subscribe(sendWhenOpen('listener'));
      bench.connection.onEvent(({ type }) => type === 'open' && bench.connection.send('tap'));
      bench.socket.accept();
      expect(bench.socket.sent).toEqual(['authenticate', ...queued, 'listener', 'tap']);
      expect(bench.connection.send('later')).toBe('sent');
    },
  );

  it('is not blocked by a socket that was replaced while it opened', () => {
    const bench = connect();
    let isFirst = true;
    bench.connection.subscribe(() => {
      if (bench.state.status === 'open' && isFirst) {
        isFirst = false;
        bench.connection.reconnect();
      }
    });
    bench.socket.accept();
    bench.socket.accept();
    expect(bench.connection.send('x')).toBe('sent');
  });

  it('keeps the order when onDrop sends a message for an expired one', () => {
    const bench = connect({
      sendQueue: { maxAge: 1_000 },
      onOpen() {
        passTimeWithoutTimers(600);
      },
      onDrop() {
        bench.connection.send('instead');
      },
    });
    bench.connection.send('old');
    passTimeWithoutTimers(900);
    bench.connection.send('young');
    bench.socket.accept();
    expect(bench.drops).toEqual([{ message: 'old', reason: 'expired' }]);
    expect(bench.socket.sent).toEqual(['young', 'instead']);
  });

  it('holds the bytes as they were at send()', () => {
    const bench = connect();
    const bytes = new Uint8Array([1, 2, 3, 4]);
    bench.connection.send(bytes.buffer);
    bench.connection.send(bytes.subarray(1, 3));
    bench.connection.send(new DataView(bytes.buffer, 2));
    bytes.fill(9);
    bench.socket.accept();
    const sent = bench.socket.sent.map((data) =>
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
    const bench = connect({ contract: json<unknown, { price: number }>() });
    const quote = { price: 1 };
    bench.connection.send(quote);
    quote.price = 2;
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['{"price":1}']);
  });

  it('is sent after the messages of onOpen and after the subscriptions', () => {
    const bench = connect<string, string>({
      topics: { of: () => undefined, subscribe: (topic) => `subscribe ${topic}` },
      onOpen: () => expect(bench.connection.send('authenticate')).toBe('sent'),
    });
    bench.connection.send('queued');
    bench.connection.onMessage(() => {}, { topic: 'a' });
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['authenticate', 'subscribe a', 'queued']);
    bench.socket.drop();
    bench.connection.send('queued again');
    passDelay(bench);
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['authenticate', 'subscribe a', 'queued again']);
  });

  it('is kept when the socket begins to close in onOpen', () => {
    let opens = 0;
    const bench = connect({
      onOpen: () => {
        if ((opens += 1) === 1) bench.socket.beginServerClose();
      },
    });
    bench.connection.send('a');
    bench.connection.send('b');
    bench.socket.accept();
    const [first] = bench.server.sockets;
    expect([first!.sent, first!.lost]).toEqual([[], []]);
    first!.drop();
    passDelay(bench);
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['a', 'b']);
  });

  it('stops when the socket closes and resumes at that message', () => {
    const bench = connect();
    for (const message of ['a', 'b', 'c']) bench.connection.send(message);
    const [first] = bench.server.sockets;
    bench.connection.onEvent(({ type }) => {
      if (type === 'sent' && first!.sent.length === 1) first!.beginServerClose();
    });
    first!.accept();
    first!.drop();
    passDelay(bench);
    bench.socket.accept();
    expect(bench.server.sockets.map(({ sent }) => sent)).toEqual([['a'], ['b', 'c']]);
  });

  describe('onDrop', () => {
    it("receives a message after 30 s, as 'expired'", () => {
      const bench = connect({ connectTimeout: 100_000 });
      bench.connection.send('old');
      vi.advanceTimersByTime(10_000);
      bench.connection.send('new');
      vi.advanceTimersByTime(19_999);
      expect(bench.drops).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(bench.drops).toEqual([{ message: 'old', reason: 'expired' }]);
      bench.socket.accept();
      expect(bench.socket.sent).toEqual(['new']);
    });

    it('receives a message that expired while the connection was idle, and the message is not sent', () => {
      const bench = connect({ unused: true });
      bench.connection.send('old');
      vi.advanceTimersByTime(30_000);
      const release = bench.connection.retain();
      bench.socket.accept();
      expect(bench.socket.sent).toEqual([]);
      expect(bench.drops).toEqual([{ message: 'old', reason: 'expired' }]);
      release();
      vi.advanceTimersByTime(0);
    });

    it("receives every message on close(), as 'closed'", () => {
      const bench = connect();
      bench.connection.send('a');
      bench.connection.send('b');
      bench.connection.close();
      expect(bench.drops).toEqual([
        { message: 'a', reason: 'closed' },
        { message: 'b', reason: 'closed' },
      ]);
    });

    it("receives every message on a normal close by the server, as 'closed'", () => {
      const bench = connectOpen();
      bench.socket.beginServerClose();
      bench.connection.send('a');
      bench.socket.serverClose(1000);
      expect(bench.drops).toEqual([{ message: 'a', reason: 'closed' }]);
    });

    it("receives every message on a failure, as 'failed', together with the error", () => {
      const order: string[] = [];
      const bench = connect({
        reconnect: { maxAttempts: 0 },
        onError: () => order.push('error'),
        onDrop: ({ reason }) => order.push(reason),
      });
      bench.connection.send('a');
      bench.socket.refuse();
      expect(order.sort()).toEqual(['error', 'failed']);
    });

    it("receives every message when the last user releases the connection, as 'unmounted'", () => {
      const bench = connect();
      bench.connection.send('a');
      bench.release();
      expect(bench.drops).toEqual([]);
      vi.advanceTimersByTime(0);
      expect(bench.drops).toEqual([{ message: 'a', reason: 'unmounted' }]);
    });

    it('receives the original message and not its encoded form', () => {
      const bench = connect({ contract: json<unknown, { price: number }>() });
      const quote = { price: 1 };
      bench.connection.send(quote);
      bench.connection.close();
      expect(bench.drops[0]?.message).toBe(quote);
    });

    it('receives each message only once when it sends the message again', () => {
      let resent = 0;
      const bench = connect({
        onDrop({ message }) {
          if ((resent += 1) < 100) bench.connection.send(message);
        },
      });
      bench.connection.send('a');
      bench.release();
      vi.advanceTimersByTime(0);
      expect(bench.drops).toEqual([{ message: 'a', reason: 'unmounted' }]);
    });
  });

  it('accepts messages that onError sends after calling reconnect()', () => {
    const bench = connectOpen({
      onError() {
        bench.connection.reconnect();
        expect(bench.connection.send('sign in')).toBe('queued');
      },
    });
    bench.socket.serverClose(3000);
    expect(bench.state.status).toBe('connecting');
    bench.socket.accept();
    expect(bench.drops).toEqual([]);
    expect(bench.socket.sent).toEqual(['sign in']);
  });

  it('keeps its messages when onClose calls reconnect()', () => {
    const bench = connectOpen({
      onClose: () => {
        bench.connection.reconnect();
      },
    });
    bench.socket.beginServerClose();
    bench.connection.send('held');
    bench.socket.serverClose(1000);
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['held']);
    expect(bench.drops).toEqual([]);
  });

  it('never expires with maxAge Infinity and starts no timer', () => {
    const bench = connect({ sendQueue: { maxAge: Infinity }, connectTimeout: 2 ** 31 - 1 });
    bench.connection.send('a');
    vi.advanceTimersByTime(2 ** 30);
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['a']);
  });

  it('reports queued and sent messages as events with their size in bytes', () => {
    const bench = connect();
    bench.connection.send('€');
    bench.socket.accept();
    bench.connection.send(new Uint8Array(2));
    const frames = bench.events.filter(({ type }) => type === 'queued' || type === 'sent');
    expect(frames).toMatchObject([
      { type: 'queued', message: '€', kind: 'text', size: 3, at: START },
      { type: 'sent', message: '€', kind: 'text', size: 3 },
      { type: 'sent', kind: 'binary', size: 2 },
    ]);
  });
});
