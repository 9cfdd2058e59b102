// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { json } from '../../../src/core/index.js';
import {
  type Bench,
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  passTimeWithoutTimers,
  settle,
  takeReported,
} from '../../support/connectionBench.js';

leaveNothingBehind();

interface Tick {
  readonly topic?: string;
  readonly price: number;
}
const topics = {
  of: ({ topic }: Tick) => topic,
  subscribe: (topic: string) => ({ subscribe: topic }),
  unsubscribe: (topic: string) => ({ unsubscribe: topic }),
};
const options = { contract: json<Tick, object>(), topics };
const sent = ({ socket }: Bench<Tick, object>): unknown[] =>
  socket.sent.map((data) => JSON.parse(data as string) as unknown);
const tick = (topic: string | undefined, price: number): string => JSON.stringify({ topic, price });

describe('a listener of a topic', () => {
  it('is called for its topic only, while a listener without a topic gets every message', () => {
    const bench = connectOpen(options);
    const prices: Record<string, number[]> = { a: [], b: [] };
    for (const topic of ['a', 'b'])
      bench.connection.onMessage(({ price }) => prices[topic]!.push(price), { topic });
    bench.socket.message(tick('a', 1), tick('b', 2), tick('c', 3), tick(undefined, 4), tick('a', 5));
    expect(prices).toEqual({ a: [1, 5], b: [2] });
    expect(bench.messages).toHaveLength(5);
  });

  it('computes the topic of a message once, however many topics have listeners', () => {
    const of = vi.fn(topics.of);
    const bench = connectOpen({ ...options, topics: { of } });
    for (let topic = 0; topic < 200; topic += 1)
      bench.connection.onMessage(() => {}, { topic: String(topic) });
    bench.socket.message(tick('7', 1));
    expect(of).toHaveBeenCalledTimes(1);
  });

  it('does not remove a later listener when it is removed twice', () => {
    const bench = connectOpen(options);
    const remove = bench.connection.onMessage(() => {}, { topic: 'a' });
    remove();
    const prices: number[] = [];
    bench.connection.onMessage(({ price }) => prices.push(price), { topic: 'a' });
    remove();
    bench.socket.message(tick('a', 1));
    expect(prices).toEqual([1]);
    bench.socket.drop();
    passDelay(bench);
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }]);
  });

  it('is subscribed after the messages of onOpen when it is added as the state becomes open', () => {
    const bench = connect({ ...options, onOpen: () => void bench.connection.send({ authenticate: true }) });
    bench.connection.subscribe(() => {
      if (bench.state.status === 'open') bench.connection.onMessage(() => {}, { topic: 'a' });
    });
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ authenticate: true }, { subscribe: 'a' }]);
  });

  it('leads to the computation of topics: without a listener no topic is computed', () => {
    const of = vi.fn(topics.of);
    const bench = connectOpen({ ...options, topics: { of } });
    bench.socket.message(tick('a', 1));
    bench.connection.onMessage(() => {}, { topic: 'b' })();
    bench.socket.message(tick('a', 1));
    expect(of).not.toHaveBeenCalled();
  });

  it('accepts topic names of every kind', () => {
    const bench = connectOpen(options);
    const seen: string[] = [];
    for (const topic of ['', '__proto__', 'constructor'])
      bench.connection.onMessage(() => seen.push(topic), { topic });
    bench.socket.message(tick('', 1), tick('__proto__', 1), tick('constructor', 1), tick('toString', 1));
    expect(seen).toEqual(['', '__proto__', 'constructor']);
  });

  it('throws a TypeError that explains that the option topics is missing', () => {
    const { connection } = connectOpen();
    const read = () => connection.onMessage(() => {}, { topic: 'a' });
    expect(read).toThrow(TypeError);
    expect(read).toThrow(/topics/);
  });

  it('is reported when it throws, and the next one is called', () => {
    const bench = connectOpen(options);
    const next = vi.fn();
    bench.connection.onMessage(
      () => {
        throw new Error('a bug');
      },
      { topic: 'a' },
    );
    bench.connection.onMessage(next, { topic: 'a' });
    bench.socket.message(tick('a', 1));
    expect(next).toHaveBeenCalledTimes(1);
    expect(takeReported()).toEqual([new Error('a bug')]);
  });

  it('is not called when topics.of throws, which is reported while listeners of all messages are called', () => {
    const bench = connectOpen({
      ...options,
      topics: {
        of: () => {
          throw new Error('a bug');
        },
      },
    });
    bench.connection.onMessage(() => {}, { topic: 'a' });
    bench.socket.message(tick('a', 1));
    expect(bench.messages).toHaveLength(1);
    expect(takeReported()).toEqual([new Error('a bug')]);
  });

  it('may unsubscribe while it runs, without another one being skipped', () => {
    const bench = connectOpen(options);
    const second = vi.fn();
    const stop = bench.connection.onMessage(
      () => {
        stop();
      },
      { topic: 'a' },
    );
    bench.connection.onMessage(second, { topic: 'a' });
    bench.socket.message(tick('a', 1), tick('a', 2));
    expect(second).toHaveBeenCalledTimes(2);
  });
});

describe('a subscription', () => {
  it('is sent with the first listener of a topic and ended with the last', async () => {
    const bench = connectOpen(options);
    const stops = [1, 2, 3].map(() => bench.connection.onMessage(() => {}, { topic: 'a' }));
    expect(sent(bench)).toEqual([{ subscribe: 'a' }]);
    stops[0]!();
    stops[2]!();
    await settle();
    expect(sent(bench)).toHaveLength(1);
    stops[1]!();
    stops[1]!();
    await settle();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }, { unsubscribe: 'a' }]);
  });

  it('is not repeated when a listener is removed and added within a tick', async () => {
    const bench = connectOpen(options);
    const stop = bench.connection.onMessage(() => {}, { topic: 'a' });
    stop();
    const again = bench.connection.onMessage(() => {}, { topic: 'a' });
    await settle();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }]);
    again();
    await settle();
    bench.connection.onMessage(() => {}, { topic: 'a' });
    expect(sent(bench)).toEqual([{ subscribe: 'a' }, { unsubscribe: 'a' }, { subscribe: 'a' }]);
  });

  it('is sent when the socket opens and takes no room in the queue', () => {
    const bench = connect({ ...options, sendQueue: false });
    bench.connection.onMessage(() => {}, { topic: 'a' });
    bench.connection.onMessage(() => {}, { topic: 'b' });
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }, { subscribe: 'b' }]);
    expect(bench.events.filter(({ type }) => type === 'queued')).toEqual([]);
  });

  it('is sent again after every reopen, for the current listeners', () => {
    const bench = connectOpen(options);
    const stop = bench.connection.onMessage(() => {}, { topic: 'a' });
    bench.connection.onMessage(() => {}, { topic: 'b' });
    bench.socket.drop();
    stop();
    bench.connection.onMessage(() => {}, { topic: 'c' });
    passDelay(bench);
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'b' }, { subscribe: 'c' }]);
    bench.socket.drop();
    passDelay(bench);
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'b' }, { subscribe: 'c' }]);
  });

  it('is sent again after reconnect() and after the connection was idle', async () => {
    const bench = connectOpen(options);
    bench.connection.onMessage(() => {}, { topic: 'a' });
    await settle();
    bench.connection.reconnect();
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }]);
    bench.release();
    vi.advanceTimersByTime(0);
    const release = bench.connection.retain();
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }]);
    release();
    vi.advanceTimersByTime(0);
  });

  it('is not ended on a socket that never received it', async () => {
    const bench = connectOpen(options);
    const stop = bench.connection.onMessage(() => {}, { topic: 'a' });
    bench.socket.drop();
    passDelay(bench);
    stop();
    bench.socket.accept();
    await settle();
    expect(sent(bench)).toEqual([]);
  });

  it('is sent once for a listener that is added in onOpen', () => {
    const bench: Bench<Tick, object> = connect({
      ...options,
      onOpen: () => void bench.connection.onMessage(() => {}, { topic: 'a' }),
    });
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }]);
  });

  it('is sent once for a listener that is added as the state becomes open', () => {
    const bench: Bench<Tick, object> = connect(options);
    bench.connection.subscribe(() => {
      if (bench.state.status === 'open') bench.connection.onMessage(() => {}, { topic: 'a' });
    });
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }]);
  });

  it('is sent for a listener that is added during the flush of the queue', () => {
    const bench: Bench<Tick, object> = connect(options);
    let isRead = false;
    bench.connection.onEvent(({ type }) => {
      if (type !== 'sent' || isRead) return;
      isRead = true;
      bench.connection.onMessage(() => {}, { topic: 'a' });
    });
    bench.connection.send({ queued: true });
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ queued: true }, { subscribe: 'a' }]);
  });

  it('is sent for a listener that onDrop adds when a message has expired as the socket opens', () => {
    const bench: Bench<Tick, object> = connect({
      ...options,
      sendQueue: { maxAge: 5 },
      onDrop: () => void bench.connection.onMessage(() => {}, { topic: 'a' }),
    });
    bench.connection.send({ old: true });
    passTimeWithoutTimers(10);
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'a' }]);
  });

  it('is reported to onError when it cannot be encoded, and the others are sent', () => {
    const bench = connect({
      ...options,
      topics: {
        ...topics,
        subscribe(topic) {
          if (topic === 'a') throw new Error('a bug in subscribe');
          return { subscribe: topic };
        },
      },
    });
    bench.connection.onMessage(() => {}, { topic: 'a' });
    bench.connection.onMessage(() => {}, { topic: 'b' });
    bench.socket.accept();
    expect(sent(bench)).toEqual([{ subscribe: 'b' }]);
    expect([...bench.errors, ...takeReported()]).toEqual([new Error('a bug in subscribe')]);
  });

  it('is left out when the option has no subscribe', async () => {
    const bench = connectOpen({ ...options, topics: { of: topics.of } });
    bench.connection.onMessage(() => {}, { topic: 'a' })();
    await settle();
    expect(sent(bench)).toEqual([]);
  });
});
