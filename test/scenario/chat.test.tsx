import { act, render } from '@testing-library/react';
import type { Client } from 'mock-socket';
import { describe, expect, it, vi } from 'vitest';

import {
  createConnection,
  json,
  useLatestMessage,
  useMessageReducer,
  useWebSocketContext,
  type WebSocketHandle,
  WebSocketProvider,
  type WebSocketProviderProps,
} from '../../src/index.js';
import { advanceTime, type MockService, startMockService, setUpMockServices } from './mockService.js';

setUpMockServices();

interface Line {
  readonly text: string;
}

/** Starts a chat room that sends every line to all clients. */
function startRoom() {
  const service: MockService = startMockService({
    onMessage: (_: Client, data) => {
      for (const client of service.clients()) client.send(data as string);
    },
  });
  return service;
}

function renderChat({ url }: MockService, props: Partial<WebSocketProviderProps<Line, Line>> = {}) {
  const unsent: string[] = [];
  let handle!: WebSocketHandle<Line, Line>;
  function Room() {
    handle = useWebSocketContext<Line, Line>({ onDrop: ({ message }) => unsent.push(message.text) });
    const lines = useMessageReducer(handle, (all: readonly string[], { text }) => [...all, text], []);
    return <p>{lines.join(' ')}</p>;
  }
  const page = (more: Partial<WebSocketProviderProps<Line, Line>> = {}) => (
    <WebSocketProvider<Line, Line> url={url} {...props} {...more} contract={json<Line, Line>()}>
      <Room />
    </WebSocketProvider>
  );
  const { container, rerender, unmount } = render(page());
  return {
    lines: () => container.textContent,
    say: (text: string) => handle.send({ text }),
    status: () => handle.status,
    update: (more: Partial<WebSocketProviderProps<Line, Line>>) => rerender(page(more)),
    unsent,
    unmount,
  };
}

function setOnline(isOnline: boolean): void {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(isOnline);
  act(() => void window.dispatchEvent(new Event(isOnline ? 'online' : 'offline')));
}

describe('a chat', () => {
  it('queues messages while offline and sends them in order when it is online again', () => {
    const room = startRoom();
    const { lines, say, status, unsent } = renderChat(room);
    advanceTime(10);
    expect(say('one')).toBe('sent');
    advanceTime(200);
    expect(lines()).toBe('one');

    setOnline(false);
    expect(status(), 'an open socket outlives the event').toBe('open');
    room.stop();
    expect(say('two')).toBe('queued');
    advanceTime(20_000);
    expect(say('three')).toBe('queued');
    expect(status()).toBe('reconnecting');
    room.takeDials();
    advanceTime(5_000);
    expect(room.takeDials(), 'no dial while offline').toEqual([]);

    room.start();
    setOnline(true);
    advanceTime(1_010);
    expect(status()).toBe('open');
    advanceTime(200);
    expect(lines()).toBe('one two three');
    expect(unsent).toEqual([]);
  });

  it('refuses a message that exceeds the queue instead of dropping the oldest', () => {
    const room = startRoom();
    const { say, unsent } = renderChat(room, { sendQueue: { maxMessages: 2 } });
    expect([say('1'), say('2'), say('3')]).toEqual(['queued', 'queued', 'refused']);
    advanceTime(200);
    expect(room.received).toEqual(['{"text":"1"}', '{"text":"2"}']);
    expect(unsent).toEqual([]);
  });

  it('passes unsent messages to onDrop when it unmounts', () => {
    const room = startRoom();
    room.stop();
    const { say, unsent, unmount } = renderChat(room);
    say('never sent');
    unmount();
    advanceTime(0);
    expect(unsent).toEqual(['never sent']);
    room.start();
    advanceTime(60_000);
    expect(room.received).toEqual([]);
  });

  it('never sends a message for one room to another', () => {
    const first = startRoom();
    const second = startRoom();
    first.stop();
    const { say, lines, update, unsent } = renderChat(first);
    say('a secret');
    advanceTime(100);
    update({ url: second.url });
    advanceTime(200);
    expect(unsent).toEqual(['a secret']);
    expect(second.received).toEqual([]);
    say('hello');
    advanceTime(200);
    expect(lines()).toBe('hello');
    first.start();
    advanceTime(60_000);
    expect(first.received).toEqual([]);
  });
});

describe('tickers that share a socket', () => {
  interface Quote {
    readonly symbol: string;
    readonly price: number;
  }

  it('subscribe again after a restart to the topics that are still mounted, and to no others', async () => {
    const service = startMockService();
    const quotes = createConnection<Quote, string>(service.url, {
      contract: {
        sends: 'text',
        accepts: 'text',
        encode: (message) => message,
        decode: (data) => JSON.parse(data as string) as Quote,
      },
      topics: {
        of: ({ symbol }) => symbol,
        subscribe: (topic) => `+${topic}`,
        unsubscribe: (topic) => `-${topic}`,
      },
    });
    const Ticker = ({ topic }: { topic: string }) => (
      <i>{useLatestMessage(quotes, { topic, select: ({ price }) => `${topic} ${price} ` })}</i>
    );
    const page = (...topics: string[]) => topics.map((topic) => <Ticker key={topic} topic={topic} />);
    const { container, rerender } = render(<>{page('A', 'B')}</>);
    advanceTime(10);
    service.broadcast('{"symbol":"A","price":1}');
    service.broadcast('{"symbol":"C","price":9}');
    advanceTime(100);
    expect(container.textContent).toBe('A 1 ');

    service.stop(1012);
    rerender(<>{page('B', 'C')}</>);
    await act(async () => Promise.resolve());
    advanceTime(7_000);
    service.start();
    advanceTime(5_100);
    expect(service.received).toEqual(['+A', '+B', '+B', '+C']);
    service.broadcast('{"symbol":"C","price":2}');
    advanceTime(100);
    expect(container.textContent).toBe('C 2 ');
    expect(service.clients()).toHaveLength(1);
  });
});
