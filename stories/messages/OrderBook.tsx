import { type CSSProperties, type ReactElement, useEffect, useState } from 'react';

import { json, useMessageReducer, useWebSocket } from '../../src/index.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Card } from '../demo/Card.js';
import { CountRow } from '../demo/CountRow.js';
import { Demo } from '../demo/Demo.js';
import { useStore } from '../demo/store.js';
import type { StoryServer } from '../server/storyServer.js';
import {
  applyToBook,
  type BookMessage,
  countShares,
  createMarket,
  emptyBook,
  type Levels,
  type Market,
} from './book.js';
import './messages.css';

/** Price levels shown per side. */
const SHOWN = 8;

const contract = json<BookMessage, never>();

/** An order book: one missed change makes it wrong. */
export function OrderBook(): ReactElement {
  const [market] = useState(createMarket);
  const [options] = useState(() => ({ serve: market.serve }));
  return (
    <Demo
      options={options}
      name="Stock exchange"
      showsFrames={false}
      serverDetails={<ServerBook market={market} />}
      serverActions={(server) => (
        <>
          <ActionButton isPrimary onClick={() => market.trade(server, 2_000)}>
            Send 2,000 changes at once
          </ActionButton>
          <Trading market={market} server={server} />
          <ActionButton onClick={() => server.restart()}>Restart (1012), down for 0.8 s</ActionButton>
        </>
      )}
    >
      {(server) => <Client server={server} />}
    </Demo>
  );
}

function ServerBook({ market }: { readonly market: Market }): ReactElement {
  const book = useStore(market);
  return (
    <dl className="counts">
      <CountRow name="Changes made" value={book.changes} />
      <CountRow name="Shares on the server" value={countShares(book)} />
    </dl>
  );
}

function Trading({
  market,
  server,
}: {
  readonly market: Market;
  readonly server: StoryServer;
}): ReactElement {
  const [isTrading, setTrading] = useState(false);
  useEffect(() => {
    if (!isTrading) return undefined;
    const timer = setInterval(() => market.trade(server, 5), 60);
    return () => clearInterval(timer);
  }, [isTrading, market, server]);
  return (
    <ActionButton isPressed={isTrading} onClick={() => setTrading(!isTrading)}>
      Keep trading
    </ActionButton>
  );
}

function Client({ server: { url, WebSocket } }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(url, { WebSocket, contract });
  const book = useMessageReducer(socket, applyToBook, emptyBook);
  const bids = pricesOf(book.bids).slice(-SHOWN).reverse();
  const asks = pricesOf(book.asks).slice(0, SHOWN);
  const [bid = 0] = bids;
  const [ask = 0] = asks;
  return (
    <Card title="Order book, ACME" status={socket.status}>
      <div className="book">
        <SideOfBook name="Bids" tone="tone-open" prices={bids} levels={book.bids} />
        <SideOfBook name="Asks" tone="tone-failed" prices={asks} levels={book.asks} />
      </div>
      <dl className="figures">
        <CountRow name="Spread" value={formatPrice(ask - bid)} />
        <CountRow name="Changes folded" value={book.changes} />
        <CountRow name="Shares in the book" value={countShares(book)} />
      </dl>
    </Card>
  );
}

function SideOfBook({
  name,
  tone,
  prices,
  levels,
}: {
  readonly name: string;
  readonly tone: string;
  readonly prices: readonly number[];
  readonly levels: Levels;
}): ReactElement {
  const largest = Math.max(1, ...prices.map((price) => levels[price] ?? 0));
  return (
    <table className={`levels ${tone}`}>
      <caption>{name}</caption>
      <thead>
        <tr>
          <th scope="col">Price</th>
          <th scope="col">Shares</th>
        </tr>
      </thead>
      <tbody>
        {prices.map((price) => {
          const size = levels[price] ?? 0;
          return (
            <tr key={price} style={{ '--share': `${(size / largest) * 100}%` } as CSSProperties}>
              <td>{formatPrice(price)}</td>
              <td>{size.toLocaleString('en-US')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Ascending, because JavaScript orders integer keys. */
function pricesOf(levels: Levels): number[] {
  return Object.keys(levels).map(Number);
}

function formatPrice(cents: number): string {
  return (cents / 100).toFixed(2);
}
