import { memo, type ReactElement, useEffect, useState } from 'react';

import { type Connection, createConnection, json, useLatestMessage, useWebSocket } from '../../src/index.js';
import { Act } from '../scene/Act.js';
import { Card } from '../scene/Card.js';
import { Pair } from '../scene/Pair.js';
import { StoryScene } from '../scene/StoryScene.js';
import { useStore } from '../scene/store.js';
import type { StoryServer } from '../server/storyServer.js';
import { createFeed, type Feed, type Quote, type Request, SYMBOLS } from './feed.js';
import './messages.css';
import { createTally, type Tally } from './tally.js';

/** Where the story looks for a message that is nobody else's. */
const ONE = 'T042';

/** Two hundred components, each with a topic of its own, on one socket. */
export function Tickers(): ReactElement {
  const [{ feed, tally, options }] = useState(() => {
    const made = createFeed();
    return { feed: made, tally: createTally(), options: { serve: made.serve } };
  });
  const move = (symbols: readonly string[]): void => {
    tally.reset();
    for (const symbol of symbols) feed.move(symbol);
  };
  const restart = (server: StoryServer): void => {
    tally.reset();
    server.restart();
  };
  return (
    <StoryScene
      options={options}
      name="Quotes server"
      showsFrames={false}
      facts={<Subscriptions feed={feed} />}
      acts={(server) => (
        <>
          <Act isPrimary onAct={() => move(SYMBOLS)}>
            Move every price
          </Act>
          <Act onAct={() => move(Array.from({ length: 100 }, () => ONE))}>Move {ONE} 100 times</Act>
          <Act onAct={() => restart(server)}>Restart (1012), down for 0.8 s</Act>
        </>
      )}
    >
      {(server) => <Board server={server} tally={tally} />}
    </StoryScene>
  );
}

function Subscriptions({ feed }: { readonly feed: Feed }): ReactElement {
  return (
    <dl className="counts">
      <Pair name="Subscriptions" value={useStore(feed.subscriptions)} />
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

function Board({ server, tally }: { readonly server: StoryServer; readonly tally: Tally }): ReactElement {
  const [quotes] = useState(() => createQuotes(server));
  const { status } = useWebSocket(quotes);
  const [isHalf, setHalf] = useState(false);
  const toggle = (): void => {
    tally.reset();
    setHalf(!isHalf);
  };
  const shown = isHalf ? SYMBOLS.slice(0, SYMBOLS.length / 2) : SYMBOLS;
  return (
    <Card title={`${shown.length} tickers`} status={status}>
      <div className="card-bar">
        <Renders tally={tally} />
        <Act isOn={isHalf} onAct={toggle}>
          Show half of them
        </Act>
      </div>
      <ul className="tickers" aria-label="Tickers">
        {shown.map((symbol) => (
          <Ticker key={symbol} quotes={quotes} symbol={symbol} tally={tally} />
        ))}
      </ul>
    </Card>
  );
}

/** Renders for its own messages, and not because the board does. */
const Ticker = memo(function Ticker({
  quotes,
  symbol,
  tally,
}: {
  readonly quotes: Connection<Quote, Request>;
  readonly symbol: string;
  readonly tally: Tally;
}): ReactElement {
  const price = useLatestMessage(quotes, { topic: symbol, select: (quote) => quote.price });
  useEffect(() => tally.add('renders'));
  return (
    <li className="ticker">
      <span>{symbol}</span>{' '}
      <b key={price} className="ticker-price">
        {price?.toFixed(2) ?? '–'}
      </b>
    </li>
  );
});

function Renders({ tally }: { readonly tally: Tally }): ReactElement {
  return (
    <dl className="counts">
      <Pair name="Ticker renders since the last press" value={useStore(tally).renders} />
    </dl>
  );
}
