import { render, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';

import {
  createConnection,
  json,
  type TopicOptions,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
} from '../../src/index.js';
import {
  advance,
  AFTER_RESTART,
  Boundary,
  FRAME,
  settle,
  socket,
  URL_A,
  withFakes,
  expectErrors,
} from '../support/reactFakes.js';

withFakes();

interface Quote {
  readonly symbol: string;
  readonly price: number;
}
type Order = { readonly subscribe: string } | { readonly unsubscribe: string };

const TOPICS: TopicOptions<Quote, Order> = {
  of: ({ symbol }) => symbol,
  subscribe: (topic) => ({ subscribe: topic }),
  unsubscribe: (topic) => ({ unsubscribe: topic }),
};
const createQuotes = () =>
  createConnection<Quote, Order>(URL_A, { contract: json<Quote, Order>(), topics: TOPICS });
type Quotes = ReturnType<typeof createQuotes>;

const quote = (symbol: string, price: number): string => JSON.stringify({ symbol, price });
/** The messages that the newest socket sent to the server. */
const orders = () => socket().sent.map((data) => JSON.parse(data as string) as unknown);

function Ticker({ quotes, topic }: { quotes: Quotes; topic: string }) {
  return <i>{`${topic}:${useLatestMessage(quotes, { topic, select: ({ price }) => price }) ?? '-'} `}</i>;
}

describe('a reader of a topic', () => {
  it('that mounts later begins with the newest message of the topic, so that two readers agree', () => {
    const quotes = createQuotes();
    const first = render(<Ticker quotes={quotes} topic="A" />);
    socket().open();
    socket().message(quote('A', 1), quote('B', 2), quote('A', 3));
    advance(FRAME);
    const second = render(<Ticker quotes={quotes} topic="A" />);
    expect([first.container.textContent, second.container.textContent]).toEqual(['A:3 ', 'A:3 ']);
    first.unmount();
    second.unmount();
    const third = render(<Ticker quotes={quotes} topic="A" />);
    expect(third.container.textContent).toBe('A:- ');
  });

  it('receives the messages of its topic only', () => {
    const quotes = createQuotes();
    const { result } = renderHook(() =>
      useMessageReducer(quotes, (all: readonly number[], { price }) => [...all, price], [], { topic: 'A' }),
    );
    socket().open();
    socket().message(quote('A', 1), quote('B', 2), quote('A', 3));
    advance(FRAME);
    expect(result.current).toEqual([1, 3]);
  });

  it('is not called for another topic', () => {
    const quotes = createQuotes();
    const select = vi.fn(({ price }: Quote) => price);
    renderHook(() => useLatestMessage(quotes, { topic: 'A', select }));
    socket().open();
    socket().message(quote('B', 1), quote('C', 2));
    expect(select).not.toHaveBeenCalled();
  });

  it('starts again with another topic and subscribes to that one instead', async () => {
    const quotes = createQuotes();
    const { result, rerender } = renderHook(({ topic }) => useLatestMessage(quotes, { topic }), {
      initialProps: { topic: 'A' },
    });
    socket().open();
    socket().message(quote('A', 1));
    advance(FRAME);
    rerender({ topic: 'B' });
    await settle();
    expect(result.current).toBeUndefined();
    expect(orders()).toEqual([{ subscribe: 'A' }, { subscribe: 'B' }, { unsubscribe: 'A' }]);
    socket().message(quote('A', 2), quote('B', 3));
    advance(FRAME);
    expect(result.current).toEqual({ symbol: 'B', price: 3 });
  });

  it('that cannot read the newest message is reported, and goes on with the next one', () => {
    const quotes = createQuotes();
    const first = render(<Ticker quotes={quotes} topic="A" />);
    socket().open();
    socket().message(quote('A', 1));
    expectErrors();
    const select = ({ price }: Quote) => {
      if (price === 1) throw new Error('this price is not for me');
      return price;
    };
    const second = renderHook(() => useLatestMessage(quotes, { topic: 'A', select }));
    socket().message(quote('A', 2));
    advance(FRAME);
    expect(second.result.current).toBe(2);
    first.unmount();
    second.unmount();
  });

  it('throws a TypeError to the boundary that names the missing option topics', () => {
    expectErrors();
    const plain = createConnection<Quote, Order>(URL_A, { contract: json<Quote, Order>() });
    const { container } = render(
      <Boundary>
        <Ticker quotes={plain} topic="A" />
      </Boundary>,
    );
    expect(container.textContent).toMatch(/topic 'A'.*topics/);
  });
});

describe('subscriptions', () => {
  const page = (quotes: Quotes, ...topics: string[]) => (
    <>
      {topics.map((topic, i) => (
        <Ticker key={`${topic} ${i}`} quotes={quotes} topic={topic} />
      ))}
    </>
  );

  it('are sent once for each topic, when the socket opens or when the first reader mounts', async () => {
    const quotes = createQuotes();
    const { rerender } = render(page(quotes, 'A', 'A', 'B'));
    expect(socket().sent).toEqual([]);
    socket().open();
    expect(orders()).toEqual([{ subscribe: 'A' }, { subscribe: 'B' }]);
    rerender(page(quotes, 'A', 'A', 'B', 'B', 'C'));
    await settle();
    expect(orders().slice(2)).toEqual([{ subscribe: 'C' }]);
  });

  it('end when the last reader unmounts', async () => {
    const quotes = createQuotes();
    const { rerender } = render(page(quotes, 'A', 'A', 'B'));
    socket().open();
    rerender(page(quotes, 'A', 'B'));
    await settle();
    expect(orders().slice(2)).toEqual([]);
    rerender(page(quotes, 'B'));
    await settle();
    expect(orders().slice(2)).toEqual([{ unsubscribe: 'A' }]);
  });

  it('are not repeated when a reader is remounted in one commit', async () => {
    const quotes = createQuotes();
    const { rerender } = render(<Ticker key="1" quotes={quotes} topic="A" />);
    socket().open();
    rerender(<Ticker key="2" quotes={quotes} topic="A" />);
    await settle();
    expect(orders()).toEqual([{ subscribe: 'A' }]);
  });

  it('are sent again after every reopen, for the current readers, before the queued messages', async () => {
    const quotes = createQuotes();
    const { rerender } = render(page(quotes, 'A', 'B'));
    socket().open();
    socket().end(1012);
    quotes.send({ subscribe: 'queued by hand' });
    rerender(page(quotes, 'B', 'C'));
    await settle();
    advance(AFTER_RESTART);
    socket().open();
    expect(orders()).toEqual([{ subscribe: 'B' }, { subscribe: 'C' }, { subscribe: 'queued by hand' }]);
  });

  it('are sent after the messages of onOpen', () => {
    const quotes = createConnection<Quote, Order>(URL_A, {
      contract: json<Quote, Order>(),
      topics: TOPICS,
      onOpen: () => void quotes.send({ subscribe: 'who I am' }),
    });
    render(page(quotes, 'A'));
    socket().open();
    expect(orders()).toEqual([{ subscribe: 'who I am' }, { subscribe: 'A' }]);
  });

  it('are sent once in StrictMode', async () => {
    const quotes = createQuotes();
    const { rerender } = render(<StrictMode>{page(quotes, 'A')}</StrictMode>);
    socket().open();
    rerender(<StrictMode>{page(quotes, 'A', 'B')}</StrictMode>);
    await settle();
    expect(orders()).toEqual([{ subscribe: 'A' }, { subscribe: 'B' }]);
  });

  it('work through a handle and with the option of a hook', () => {
    const { result } = renderHook(() => {
      const handle = useWebSocket(URL_A, { contract: json<Quote, Order>(), topics: TOPICS });
      return useMessageReducer(handle, (_, { price }) => price, 0, { topic: 'A' });
    });
    socket().open();
    expect(orders()).toEqual([{ subscribe: 'A' }]);
    socket().message(quote('A', 7), quote('B', 8));
    advance(FRAME);
    expect(result.current).toBe(7);
  });

  it("render only the reader of the message's topic among 200 topics on one socket", () => {
    const quotes = createQuotes();
    const renders = new Map<string, number>();
    const Counted = ({ topic }: { topic: string }) => {
      useLatestMessage(quotes, { topic });
      renders.set(topic, (renders.get(topic) ?? 0) + 1);
      return null;
    };
    const topics = Array.from({ length: 200 }, (_, i) => `topic ${i}`);
    render(
      <>
        {topics.map((topic) => (
          <Counted key={topic} topic={topic} />
        ))}
      </>,
    );
    socket().open();
    expect(socket().sent).toHaveLength(200);
    renders.clear();
    socket().message(quote('topic 7', 1), quote('topic 7', 2), quote('unknown', 3));
    advance(FRAME);
    expect([...renders]).toEqual([['topic 7', 1]]);
  });
});
