import { memo, type ReactElement, useEffect, useState } from 'react';

import { type Connection, createConnection, json, useLatestMessage, useWebSocket } from '../../src/index.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Card } from '../demo/Card.js';
import { CountRow } from '../demo/CountRow.js';
import { Demo } from '../demo/Demo.js';
import { useStore } from '../demo/store.js';
import type { StoryServer } from '../server/storyServer.js';
import { createFeed, type Feed, type Quote, type Request, SYMBOLS } from './feed.js';
import './messages.css';
import { createCounters, type Counters } from './counters.js';

/** The symbol whose price changes alone. */
const SINGLE_SYMBOL = 'T042';

/** Two hundred components on one socket, each with its own topic. */
export function Tickers(): ReactElement {
  const [{ feed, counters, options }] = useState(() => {
    const feed = createFeed();
    return { feed, counters: createCounters(), options: { serve: feed.serve } };
  });
  const move = (symbols: readonly string[]): void => {
    counters.reset();
    for (const symbol of symbols) feed.move(symbol);
  };
  const restart = (server: StoryServer): void => {
    counters.reset();
    server.restart();
  };
  return (
    <Demo
      options={options}
      name="Quotes server"
      showsFrames={false}
      serverDetails={<Subscriptions feed={feed} />}
      serverActions={(server) => (
        <>
          <ActionButton isPrimary onClick={() => move(SYMBOLS)}>
            Change every price
          </ActionButton>
          <ActionButton onClick={() => move(Array.from({ length: 100 }, () => SINGLE_SYMBOL))}>
            Change {SINGLE_SYMBOL} 100 times
          </ActionButton>
          <ActionButton onClick={() => restart(server)}>Restart (1012), down for 0.8 s</ActionButton>
        </>
      )}
    >
      {(server) => <Board server={server} counters={counters} />}
    </Demo>
  );
}

function Subscriptions({ feed }: { readonly feed: Feed }): ReactElement {
  return (
    <dl className="counts">
      <CountRow name="Subscriptions" value={useStore(feed.subscriptions)} />
    </dl>
  );
}

function createQuotes({ url, WebSocket }: StoryServer): Connection<Quote, Request> {
  return createConnection(url, {
    WebSocket,
    contract: json<Quote, Request>(),
    topics: {
      of: ({ symbol }) => symbol,
      subscribe: (symbol) => ({ subscribe: symbol }),
      unsubscribe: (symbol) => ({ unsubscribe: symbol }),
    },
    reconnect: { minDelay: 400, maxDelay: 1_200 },
  });
}

function Board({
  server,
  counters,
}: {
  readonly server: StoryServer;
  readonly counters: Counters;
}): ReactElement {
  const [quotes] = useState(() => createQuotes(server));
  const { status } = useWebSocket(quotes);
  const [isHalf, setHalf] = useState(false);
  const toggle = (): void => {
    counters.reset();
    setHalf(!isHalf);
  };
  const shown = isHalf ? SYMBOLS.slice(0, SYMBOLS.length / 2) : SYMBOLS;
  return (
    <Card title={`${shown.length} tickers`} status={status}>
      <div className="card-bar">
        <Renders counters={counters} />
        <ActionButton isPressed={isHalf} onClick={toggle}>
          Show half of them
        </ActionButton>
      </div>
      <ul className="tickers" aria-label="Tickers">
        {shown.map((symbol) => (
          <Ticker key={symbol} quotes={quotes} symbol={symbol} counters={counters} />
        ))}
      </ul>
    </Card>
  );
}

/** Memoized, so that it renders for its own messages only. */
const Ticker = memo(function Ticker({
  quotes,
  symbol,
  counters,
}: {
  readonly quotes: Connection<Quote, Request>;
  readonly symbol: string;
  readonly counters: Counters;
}): ReactElement {
  const price = useLatestMessage(quotes, { topic: symbol, select: (quote) => quote.price });
  useEffect(() => counters.add('renders'));
  return (
    <li className="ticker">
      <span>{symbol}</span>{' '}
      <b key={price} className="ticker-price">
        {price?.toFixed(2) ?? '–'}
      </b>
    </li>
  );
});

function Renders({ counters }: { readonly counters: Counters }): ReactElement {
  return (
    <dl className="counts">
      <CountRow name="Ticker renders since the last action" value={useStore(counters).renders} />
    </dl>
  );
}
