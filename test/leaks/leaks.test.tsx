import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection } from '../../src/index.js';
import { createFakeServer, type FakeServer } from '../support/fakeSocket.js';
import { App, contract, type Quotes, SHARED, topics, WAYS } from './app.js';
import { findLeaks, type Leaks, type Made } from './detector.js';

const MINUTES = 60_000;
/** Longer than a frame, and than the timer of a page without frames. */
const FRAME = 100;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  cleanup();
  vi.clearAllTimers();
  vi.useRealTimers();
});

interface Application {
  readonly quotes: Quotes;
  readonly server: FakeServer;
}

/** A connection of the application, on a socket that stays open. */
function openApplication(): Application {
  const server = createFakeServer();
  const { WebSocket } = server;
  const quotes: Quotes = createConnection('wss://example.com/quotes', { contract, topics, WebSocket });
  quotes.retain();
  server.socket.accept();
  return { quotes, server };
}

/** Mounts one part of the tree, lets something happen to its connection, and unmounts it: all states in turn. */
function createCycle({ quotes, server: { socket: own } }: Application): (index: number) => Made {
  const { rerender } = render(<></>);
  return (index) => {
    const server = createFakeServer();
    const connections = new Set<object>();
    const url = `wss://example.com/${index}`;
    const onConnection = (connection: object): void => void connections.add(connection);
    const fate = Math.floor(index / WAYS) % 4;
    rerender(<App way={index % WAYS} {...{ url, quotes, onConnection, WebSocket: server.WebSocket }} />);
    act(() => {
      const message = JSON.stringify({ symbol: url, price: index });
      own.message(message);
      if (fate === 0) return;
      for (const socket of server.sockets) {
        socket.accept().message(message);
        if (fate === 2) socket.serverClose(1012);
        if (fate === 3) socket.serverClose(1003);
      }
    });
    rerender(<></>);
    vi.advanceTimersByTime(index % 3 === 0 ? FRAME : 0);
    own.sent.length = 0;
    return { server, connections };
  };
}

describe('10,000 components that come and go', () => {
  it(
    'leave nothing on the page, in the heap and among the shared connections',
    async () => {
      const cycle = createCycle(openApplication());
      const leaks = await findLeaks({ cycles: 10_000, warmUp: 1_000, looks: 4, cycle });
      expect(leaks).toMatchObject({ listeners: 0, timers: 0, sockets: 0 });
      // React keeps the last tree until it draws the next one.
      expect(leaks.connections).toBeLessThan(5);
      expect(leaks.objects).toBeLessThan(0.1);
      expect(leaks.bytes).toBeLessThan(100);

      // What was shared is forgotten, whatever became of it: whoever comes back to its URL dials anew.
      const dials: number[] = [];
      for (let index = SHARED; index < 11_000; index += 101 * WAYS) dials.push(cycle(index).server.dials);
      expect(new Set(dials)).toEqual(new Set([1]));
    },
    10 * MINUTES,
  );
});

describe('the detector', () => {
  const CYCLES = 200;
  const TEXT = 10_000;
  const kept: unknown[] = [];
  const atLeast = (least: number): unknown => expect.toSatisfy((leak: number) => leak >= least);

  it.each<[string, (made: Made & Application) => unknown, Partial<Record<keyof Leaks, unknown>>]>([
    [
      'listener on the page',
      () => window.addEventListener('online', () => undefined),
      { listeners: CYCLES, objects: atLeast(1) },
    ],
    [
      'listener of a connection',
      ({ quotes }) => quotes.subscribe(() => undefined),
      { listeners: 0, objects: atLeast(1) },
    ],
    // Three ways in four make one.
    ['connection', ({ connections }) => kept.push(...connections), { connections: atLeast(0.75 * CYCLES) }],
    [
      'text',
      () => kept.push(Buffer.alloc(TEXT, `${kept.length} `).toString('latin1')),
      { bytes: atLeast(TEXT / 2) },
    ],
  ])(
    'sees one %s per cycle that stays',
    async (_, leave, expected) => {
      const application = openApplication();
      const cycle = createCycle(application);
      const leaks = await findLeaks({
        cycles: CYCLES,
        warmUp: 100,
        looks: 1,
        cycle(index) {
          const made = cycle(index);
          leave({ ...made, ...application });
          return made;
        },
      });
      expect(leaks).toMatchObject(expected);
    },
    2 * MINUTES,
  );
});
