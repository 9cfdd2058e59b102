import type { MessageContract } from '../../src/index.js';
import type { Serve, StoryServer } from '../server/storyServer.js';

/** What the server sends. */
export interface Quote {
  /** Counts the quotes, so that a client can tell which ones it has already. */
  readonly number: number;
  readonly price: number;
}

/** Text comes in; bytes go out, which the server of the landing page does not accept. */
export const contract: MessageContract<Quote, Uint8Array<ArrayBuffer>> = {
  sends: 'any',
  accepts: 'text',
  encode: (message) => message,
  decode: (data) => JSON.parse(data as string) as Quote,
};

/** How many quotes the server keeps and the curve shows. */
export const KEPT_QUOTES = 40;

/** Adds a quote to those that the curve shows, unless it is among them. */
export function addQuote(quotes: readonly Quote[], quote: Quote): readonly Quote[] {
  const last = quotes.at(-1);
  return last && quote.number <= last.number ? quotes : [...quotes, quote].slice(-KEPT_QUOTES);
}

/** A market whose price moves, also while the server is down. */
export interface Market {
  /** Sends a new client the recent quotes, so that one that reconnects has missed nothing. */
  readonly serve: Serve;
  /** Moves the price and sends it to all clients. */
  readonly tick: (server: Pick<StoryServer, 'send'>) => void;
}

/** Creates a market with some history. */
export function createMarket(): Market {
  let quotes: readonly Quote[] = [{ number: 0, price: 118.25 }];
  const move = (): Quote => {
    const { number, price } = quotes.at(-1)!;
    const quote = { number: number + 1, price: Math.max(100, price + (Math.random() - 0.48) * 1.5) };
    quotes = addQuote(quotes, quote);
    return quote;
  };
  for (let count = 1; count < KEPT_QUOTES; count += 1) move();
  return {
    serve(client) {
      for (const quote of quotes) client.send(JSON.stringify(quote));
      return () => {};
    },
    tick: (server) => server.send(JSON.stringify(move())),
  };
}
