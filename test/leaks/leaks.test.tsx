import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection } from '../../src/index.js';
import { createFakeServer, type FakeServer } from '../support/fakeSocket.js';
import { Application, contract, type Quotes, SHARED_SOURCE, topics, SOURCE_COUNT } from './application.js';
import { findLeaks, type Leaks, type CycleResult } from './leakDetector.js';

const MINUTE_MS = 60_000;
/** Longer than an animation frame, and than the timer that replaces it in a hidden page. */
const FRAME_MS = 100;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  cleanup();
  vi.clearAllTimers();
  vi.useRealTimers();
});

interface QuotesConnection {
  readonly quotes: Quotes;
  readonly server: FakeServer;
}

/** Creates the connection of the application, on a socket that stays open. */
function openQuotes(): QuotesConnection {
  const server = createFakeServer();
  const { WebSocket } = server;
  const quotes: Quotes = createConnection('wss://example.com/quotes', { contract, topics, WebSocket });
  quotes.retain();
  server.socket.accept();
  return { quotes, server };
}

/** Creates a cycle that mounts the application, brings its connection into one of the states, and unmounts it. */
function createCycle({
  quotes,
  server: { socket: quotesSocket },
}: QuotesConnection): (index: number) => CycleResult {
  const { rerender } = render(<></>);
  return (index) => {
    const server = createFakeServer();
    const connections = new Set<object>();
    const url = `wss://example.com/${index}`;
    const onConnection = (connection: object): void => void connections.add(connection);
    const outcome = Math.floor(index / SOURCE_COUNT) % 4;
    rerender(
      <Application
        source={index % SOURCE_COUNT}
        {...{ url, quotes, onConnection, WebSocket: server.WebSocket }}
      />,
    );
    act(() => {
      const message = JSON.stringify({ symbol: url, price: index });
      quotesSocket.message(message);
      if (outcome === 0) return;
      for (const socket of server.sockets) {
        socket.accept().message(message);
        if (outcome === 2) socket.serverClose(1012);
        if (outcome === 3) socket.serverClose(1003);
      }
    });
    rerender(<></>);
    vi.advanceTimersByTime(index % 3 === 0 ? FRAME_MS : 0);
    quotesSocket.sent.length = 0;
    return { server, connections };
  };
}

describe('10,000 components that mount and unmount', () => {
  it(
    'leave no listeners, timers, sockets, objects or shared connections behind',
    async () => {
      const cycle = createCycle(openQuotes());
      const leaks = await findLeaks({ cycles: 10_000, warmUp: 1_000, measurements: 4, cycle });
      expect(leaks).toMatchObject({ listeners: 0, timers: 0, sockets: 0 });
      // React keeps the previous tree until the next render.
      expect(leaks.connections).toBeLessThan(5);
      expect(leaks.objects).toBeLessThan(0.1);
      expect(leaks.bytes).toBeLessThan(100);

      // A released shared connection is not reused, whatever state it ended in: the same URL gets a new dial.
      const dials: number[] = [];
      for (let index = SHARED_SOURCE; index < 11_000; index += 101 * SOURCE_COUNT)
        dials.push(cycle(index).server.dials);
      expect(new Set(dials)).toEqual(new Set([1]));
    },
    10 * MINUTE_MS,
  );
});

describe('the leak detector', () => {
  const CYCLES = 200;
  const TEXT_LENGTH = 10_000;
  const leaked: unknown[] = [];
  const atLeast = (least: number): unknown => expect.toSatisfy((value: number) => value >= least);

  it.each<
    [string, (result: CycleResult & QuotesConnection) => unknown, Partial<Record<keyof Leaks, unknown>>]
  >([
    [
      'listener on the page',
      () => window.addEventListener('online', () => undefined),
      { listeners: CYCLES, objects: atLeast(1) },
    ],
    [
      // Two, so that garbage from before the measurement cannot hide them.
      'pair of listeners of a connection',
      ({ quotes }) => [quotes.subscribe(() => undefined), quotes.onMessage(() => undefined)],
      { listeners: 0, objects: atLeast(1) },
    ],
    // Three of the four sources create a connection.
    ['connection', ({ connections }) => leaked.push(...connections), { connections: atLeast(0.75 * CYCLES) }],
    [
      'text',
      () => leaked.push(Buffer.alloc(TEXT_LENGTH, `${leaked.length} `).toString('latin1')),
      { bytes: atLeast(TEXT_LENGTH / 2) },
    ],
  ])(
    'detects one leaked %s per cycle',
    async (_, leak, expected) => {
      const quotesConnection = openQuotes();
      const cycle = createCycle(quotesConnection);
      const leaks = await findLeaks({
        cycles: CYCLES,
        warmUp: 100,
        measurements: 1,
        cycle(index) {
          const result = cycle(index);
          leak({ ...result, ...quotesConnection });
          return result;
        },
      });
      expect(leaks).toMatchObject(expected);
    },
    2 * MINUTE_MS,
  );
});
