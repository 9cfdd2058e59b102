import { createStore, type Store } from '../demo/store.js';
import type { Serve, StoryClient } from '../server/storyServer.js';

/** The current price of a symbol. */
export interface Quote {
  readonly symbol: string;
  readonly price: number;
}

/** What a client sends to the feed. */
export type Request = { readonly subscribe: string } | { readonly unsubscribe: string };

/** The symbols of the feed. */
export const SYMBOLS: readonly string[] = Array.from(
  { length: 200 },
  (_, index) => `T${String(index + 1).padStart(3, '0')}`,
);

/** A server that sends only the quotes its client subscribed to. */
export interface Feed {
  readonly serve: Serve;
  /** Number of symbols that the current socket subscribed to. */
  readonly subscriptions: Pick<Store<number>, 'get' | 'subscribe'>;
  /** Changes the price of a symbol. */
  readonly move: (symbol: string) => void;
}

/** Creates a feed. As on a real server, subscriptions end with the socket. */
export function createFeed(): Feed {
  const subscriptions = createStore(0);
  const prices = new Map(SYMBOLS.map((symbol, index) => [symbol, 20 + ((index * 37) % 400)]));
  const readers = new Map<string, StoryClient>();
  const sendQuote = (symbol: string): void => {
    const quote = { symbol, price: prices.get(symbol) ?? 0 } satisfies Quote;
    readers.get(symbol)?.send(JSON.stringify(quote));
  };
  return {
    subscriptions,
    serve(client) {
      readers.clear();
      subscriptions.set(() => 0);
      return (data) => {
        const request = JSON.parse(data as string) as Request;
        if ('subscribe' in request) {
          readers.set(request.subscribe, client);
          sendQuote(request.subscribe);
        } else readers.delete(request.unsubscribe);
        subscriptions.set(() => readers.size);
      };
    },
    move(symbol) {
      prices.set(symbol, (prices.get(symbol) ?? 0) + Math.ceil(Math.random() * 16) / 4);
      sendQuote(symbol);
    },
  };
}
