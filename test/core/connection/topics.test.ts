// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { json } from '../../../src/core/index.js';
import {
  type ConnectionHarness,
  connect,
  connectOpen,
  leaveNothingBehind,
  passDelay,
  passTimeWithoutTimers,
  settle,
  takeReported,
} from '../../support/connectionHarness.js';

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
const sent = ({ socket }: ConnectionHarness<Tick, object>): unknown[] =>
  socket.sent.map((data) => JSON.parse(data as string) as unknown);
const tick = (topic: string | undefined, price: number): string => JSON.stringify({ topic, price });

describe('a listener of a topic', () => {
  it('is called for its topic only, while a listener without a topic gets every message', () => {
    const harness = connectOpen(options);
    const prices: Record<string, number[]> = { a: [], b: [] };
    for (const topic of ['a', 'b'])
      harness.connection.onMessage(({ price }) => prices[topic]!.push(price), { topic });
    harness.socket.message(tick('a', 1), tick('b', 2), tick('c', 3), tick(undefined, 4), tick('a', 5));
    expect(prices).toEqual({ a: [1, 5], b: [2] });
    expect(harness.messages).toHaveLength(5);
  });

  it('computes the topic of a message once, however many topics have listeners', () => {
    const of = vi.fn(topics.of);
    const harness = connectOpen({ ...options, topics: { of } });
    for (let topic = 0; topic < 200; topic += 1)
      harness.connection.onMessage(() => {}, { topic: String(topic) });
    harness.socket.message(tick('7', 1));
    expect(of).toHaveBeenCalledTimes(1);
  });

  it('does not remove a later listener when it is removed twice', () => {
    const harness = connectOpen(options);
    const remove = harness.connection.onMessage(() => {}, { topic: 'a' });
    remove();
    const prices: number[] = [];
    harness.connection.onMessage(({ price }) => prices.push(price), { topic: 'a' });
    remove();
    harness.socket.message(tick('a', 1));
    expect(prices).toEqual([1]);
    harness.socket.drop();
    passDelay(harness);
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }]);
  });

  it('is subscribed after the messages of onOpen when it is added as the state becomes open', () => {
    const harness = connect({
      ...options,
      onOpen: () => void harness.connection.send({ authenticate: true }),
    });
    harness.connection.subscribe(() => {
      if (harness.state.status === 'open') harness.connection.onMessage(() => {}, { topic: 'a' });
    });
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ authenticate: true }, { subscribe: 'a' }]);
  });

  it('leads to the computation of topics: without a listener no topic is computed', () => {
    const of = vi.fn(topics.of);
    const harness = connectOpen({ ...options, topics: { of } });
    harness.socket.message(tick('a', 1));
    harness.connection.onMessage(() => {}, { topic: 'b' })();
    harness.socket.message(tick('a', 1));
    expect(of).not.toHaveBeenCalled();
  });

  it('accepts topic names of every kind', () => {
    const harness = connectOpen(options);
    const seen: string[] = [];
    for (const topic of ['', '__proto__', 'constructor'])
      harness.connection.onMessage(() => seen.push(topic), { topic });
    harness.socket.message(tick('', 1), tick('__proto__', 1), tick('constructor', 1), tick('toString', 1));
    expect(seen).toEqual(['', '__proto__', 'constructor']);
  });

  it('throws a TypeError that explains that the option topics is missing', () => {
    const { connection } = connectOpen();
    const read = () => connection.onMessage(() => {}, { topic: 'a' });
    expect(read).toThrow(TypeError);
    expect(read).toThrow(/topics/);
  });

  it('is reported when it throws, and the next one is called', () => {
    const harness = connectOpen(options);
    const next = vi.fn();
    harness.connection.onMessage(
      () => {
        throw new Error('a bug');
      },
      { topic: 'a' },
    );
    harness.connection.onMessage(next, { topic: 'a' });
    harness.socket.message(tick('a', 1));
    expect(next).toHaveBeenCalledTimes(1);
    expect(takeReported()).toEqual([new Error('a bug')]);
  });

  it('is not called when topics.of throws, which is reported while listeners of all messages are called', () => {
    const harness = connectOpen({
      ...options,
      topics: {
        of: () => {
          throw new Error('a bug');
        },
      },
    });
    harness.connection.onMessage(() => {}, { topic: 'a' });
    harness.socket.message(tick('a', 1));
    expect(harness.messages).toHaveLength(1);
    expect(takeReported()).toEqual([new Error('a bug')]);
  });

  it('may unsubscribe while it runs, without another one being skipped', () => {
    const harness = connectOpen(options);
    const second = vi.fn();
    const stop = harness.connection.onMessage(
      () => {
        stop();
      },
      { topic: 'a' },
    );
    harness.connection.onMessage(second, { topic: 'a' });
    harness.socket.message(tick('a', 1), tick('a', 2));
    expect(second).toHaveBeenCalledTimes(2);
  });
});

describe('a subscription', () => {
  it('is sent with the first listener of a topic and ended with the last', async () => {
    const harness = connectOpen(options);
    const stops = [1, 2, 3].map(() => harness.connection.onMessage(() => {}, { topic: 'a' }));
    expect(sent(harness)).toEqual([{ subscribe: 'a' }]);
    stops[0]!();
    stops[2]!();
    await settle();
    expect(sent(harness)).toHaveLength(1);
    stops[1]!();
    stops[1]!();
    await settle();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }, { unsubscribe: 'a' }]);
  });

  it('is not repeated when a listener is removed and added within a tick', async () => {
    const harness = connectOpen(options);
    const stop = harness.connection.onMessage(() => {}, { topic: 'a' });
    stop();
    const again = harness.connection.onMessage(() => {}, { topic: 'a' });
    await settle();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }]);
    again();
    await settle();
    harness.connection.onMessage(() => {}, { topic: 'a' });
    expect(sent(harness)).toEqual([{ subscribe: 'a' }, { unsubscribe: 'a' }, { subscribe: 'a' }]);
  });

  it('is sent when the socket opens and takes no room in the queue', () => {
    const harness = connect({ ...options, sendQueue: false });
    harness.connection.onMessage(() => {}, { topic: 'a' });
    harness.connection.onMessage(() => {}, { topic: 'b' });
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }, { subscribe: 'b' }]);
    expect(harness.events.filter(({ type }) => type === 'queued')).toEqual([]);
  });

  it('is sent again after every reopen, for the current listeners', () => {
    const harness = connectOpen(options);
    const stop = harness.connection.onMessage(() => {}, { topic: 'a' });
    harness.connection.onMessage(() => {}, { topic: 'b' });
    harness.socket.drop();
    stop();
    harness.connection.onMessage(() => {}, { topic: 'c' });
    passDelay(harness);
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'b' }, { subscribe: 'c' }]);
    harness.socket.drop();
    passDelay(harness);
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'b' }, { subscribe: 'c' }]);
  });

  it('is sent again after reconnect() and after the connection was idle', async () => {
    const harness = connectOpen(options);
    harness.connection.onMessage(() => {}, { topic: 'a' });
    await settle();
    harness.connection.reconnect();
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }]);
    harness.release();
    vi.advanceTimersByTime(0);
    const release = harness.connection.retain();
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }]);
    release();
    vi.advanceTimersByTime(0);
  });

  it('is not ended on a socket that never received it', async () => {
    const harness = connectOpen(options);
    const stop = harness.connection.onMessage(() => {}, { topic: 'a' });
    harness.socket.drop();
    passDelay(harness);
    stop();
    harness.socket.accept();
    await settle();
    expect(sent(harness)).toEqual([]);
  });

  it('is sent once for a listener that is added in onOpen', () => {
    const harness: ConnectionHarness<Tick, object> = connect({
      ...options,
      onOpen: () => void harness.connection.onMessage(() => {}, { topic: 'a' }),
    });
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }]);
  });

  it('is sent once for a listener that is added as the state becomes open', () => {
    const harness: ConnectionHarness<Tick, object> = connect(options);
    harness.connection.subscribe(() => {
      if (harness.state.status === 'open') harness.connection.onMessage(() => {}, { topic: 'a' });
    });
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }]);
  });

  it('is sent for a listener that is added during the flush of the queue', () => {
    const harness: ConnectionHarness<Tick, object> = connect(options);
    let isRead = false;
    harness.connection.onEvent(({ type }) => {
      if (type !== 'sent' || isRead) return;
      isRead = true;
      harness.connection.onMessage(() => {}, { topic: 'a' });
    });
    harness.connection.send({ queued: true });
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ queued: true }, { subscribe: 'a' }]);
  });

  it('is sent for a listener that onDrop adds when a message has expired as the socket opens', () => {
    const harness: ConnectionHarness<Tick, object> = connect({
      ...options,
      sendQueue: { maxAge: 5 },
      onDrop: () => void harness.connection.onMessage(() => {}, { topic: 'a' }),
    });
    harness.connection.send({ old: true });
    passTimeWithoutTimers(10);
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }]);
  });

  it('is reported to onError when it cannot be encoded, and the others are sent', () => {
    const harness = connect({
      ...options,
      topics: {
        ...topics,
        subscribe(topic) {
          if (topic === 'a') throw new Error('a bug in subscribe');
          return { subscribe: topic };
        },
      },
    });
    harness.connection.onMessage(() => {}, { topic: 'a' });
    harness.connection.onMessage(() => {}, { topic: 'b' });
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'b' }]);
    expect([...harness.errors, ...takeReported()]).toEqual([new Error('a bug in subscribe')]);
  });

  it('is left out when the option has no subscribe', async () => {
    const harness = connectOpen({ ...options, topics: { of: topics.of } });
    harness.connection.onMessage(() => {}, { topic: 'a' })();
    await settle();
    expect(sent(harness)).toEqual([]);
  });
});

describe('a message that topics.subscribe sends', () => {
  it('comes after the messages that have waited', () => {
    const harness: ConnectionHarness<Tick, object> = connect({
      contract: json<Tick, object>(),
      topics: {
        of: topics.of,
        subscribe: (topic) => {
          harness.connection.send({ asked: topic });
          return { subscribe: topic };
        },
      },
    });
    harness.connection.onMessage(() => undefined, { topic: 'a' });
    harness.connection.send({ waited: true });
    harness.socket.accept();
    expect(sent(harness)).toEqual([{ subscribe: 'a' }, { waited: true }, { asked: 'a' }]);
  });
});

describe('a message of a topic', () => {
  function countLookups(readersOfOtherTopics: number): number {
    const harness = connectOpen(options);
    const releases: (() => void)[] = [];
    for (let reader = 0; reader < readersOfOtherTopics; reader += 1) {
      harness.connection.onMessage(() => undefined, { topic: `other ${reader}` });
      releases.push(harness.connection.retain());
    }
    const lookup = vi.spyOn(Set.prototype, 'has');
    harness.socket.message(tick('a', 1));
    const count = lookup.mock.calls.length;
    lookup.mockRestore();
    for (const release of releases) release();
    return count;
  }

  it('costs nothing for the readers of other topics, however many they are', () => {
    expect(countLookups(1_000)).toBe(countLookups(1));
  });
});
