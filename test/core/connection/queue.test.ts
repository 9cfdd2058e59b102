// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { json } from '../../../src/core/index.js';
import { connect, connectOpen, leaveNothingBehind, passDelay, START } from '../../support/connectionBench.js';

leaveNothingBehind();

describe('the queue', () => {
  it('takes 100 messages, refuses more and keeps the first', () => {
    const bench = connect();
    const results = Array.from({ length: 102 }, (_, index) => bench.connection.send(String(index)));
    expect(results.slice(98)).toEqual(['queued', 'queued', 'refused', 'refused']);
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(Array.from({ length: 100 }, (_, index) => String(index)));
    expect(bench.drops).toEqual([]);
  });

  it('takes 1 MiB of payload, counted in UTF-8', () => {
    const { connection } = connect();
    expect(connection.send('€'.repeat(1_048_576 / 4))).toBe('queued');
    expect(connection.send(new Uint8Array(1_048_576 / 4))).toBe('queued');
    expect(connection.send('x')).toBe('refused');
    expect(connection.send('')).toBe('queued');
    expect(connect().connection.send(new Blob(['x'.repeat(1_048_577)]))).toBe('refused');
  });

  it('has room again when it has been sent', () => {
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

  it('is not overtaken by what is sent while it is on its way out', () => {
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
    'is not overtaken by those who see the state change to open, nor is onOpen (sendQueue: %j)',
    (sendQueue) => {
      const bench = connect({ sendQueue, onOpen: () => void bench.connection.send('authenticate') });
      const queued = bench.connection.send('queued') === 'queued' ? ['queued'] : [];
      const seeOpen = (name: string) => () => {
        if (bench.state.status === 'open') bench.connection.send(name);
      };
      bench.connection.subscribe(seeOpen('listener'));
      bench.connection.onEvent(({ type }) => type === 'open' && bench.connection.send('tap'));
      bench.socket.accept();
      expect(bench.socket.sent).toEqual(['authenticate', ...queued, 'listener', 'tap']);
      expect(bench.connection.send('later')).toBe('sent');
    },
  );

  it('is not held back by a socket that was replaced while it opened', () => {
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

  it('is not overtaken by what is sent about a message that was too old', () => {
    const bench = connect({
      sendQueue: { maxAge: 1_000 },
      onOpen() {
        vi.setSystemTime(START + 1_500);
      },
      onDrop() {
        bench.connection.send('instead');
      },
    });
    bench.connection.send('old');
    vi.setSystemTime(START + 900);
    bench.connection.send('young');
    bench.socket.accept();
    expect(bench.drops).toEqual([{ message: 'old', reason: 'expired' }]);
    expect(bench.socket.sent).toEqual(['young', 'instead']);
  });

  it('holds the bytes of the moment of send()', () => {
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

  it('holds the encoded form of a message of that moment', () => {
    const bench = connect({ contract: json<unknown, { price: number }>() });
    const quote = { price: 1 };
    bench.connection.send(quote);
    quote.price = 2;
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['{"price":1}']);
  });

  it('goes out after what onOpen sends and after the subscriptions', () => {
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

  it('is kept when onOpen replaces or closes the socket', () => {
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

  it('stops where the socket stops, and goes on from there', () => {
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

  describe('hands back', () => {
    it("what waited for 30 s: 'expired', at that moment", () => {
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

    it("what waited too long while idle: 'expired', before it could be sent", () => {
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

    it("everything on close(): 'closed'", () => {
      const bench = connect();
      bench.connection.send('a');
      bench.connection.send('b');
      bench.connection.close();
      expect(bench.drops).toEqual([
        { message: 'a', reason: 'closed' },
        { message: 'b', reason: 'closed' },
      ]);
    });

    it("everything on a normal end by the server: 'closed'", () => {
      const bench = connectOpen();
      bench.socket.beginServerClose();
      bench.connection.send('a');
      bench.socket.serverClose(1000);
      expect(bench.drops).toEqual([{ message: 'a', reason: 'closed' }]);
    });

    it("everything on a failure: 'failed', beside the error", () => {
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

    it("everything when the last user leaves: 'unmounted'", () => {
      const bench = connect();
      bench.connection.send('a');
      bench.release();
      expect(bench.drops).toEqual([]);
      vi.advanceTimersByTime(0);
      expect(bench.drops).toEqual([{ message: 'a', reason: 'unmounted' }]);
    });

    it('the message that was given, not its encoded form', () => {
      const bench = connect({ contract: json<unknown, { price: number }>() });
      const quote = { price: 1 };
      bench.connection.send(quote);
      bench.connection.close();
      expect(bench.drops[0]?.message).toBe(quote);
    });

    it('nothing twice, and nothing for ever, when onDrop sends the message again', () => {
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

  it('takes what onError sends after it has called reconnect()', () => {
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

  it('keeps what waits when onClose calls reconnect()', () => {
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

  it('never expires with maxAge Infinity, and needs no timer', () => {
    const bench = connect({ sendQueue: { maxAge: Infinity }, connectTimeout: 2 ** 31 - 1 });
    bench.connection.send('a');
    vi.advanceTimersByTime(2 ** 30);
    bench.socket.accept();
    expect(bench.socket.sent).toEqual(['a']);
  });

  it('tells the inspector what was queued, sent and dropped, in bytes', () => {
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
