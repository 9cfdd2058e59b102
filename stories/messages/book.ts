import { createStore, type Store } from '../scene/store.js';
import type { Serve, StoryServer } from '../server/storyServer.js';

/** The two sides of an order book. */
export type Side = 'bids' | 'asks';

/** How many shares are wanted or offered, by the price in cents. */
export type Levels = Readonly<Record<number, number>>;

/** An order book, and how many changes have made it what it is. */
export type Book = Readonly<Record<Side, Levels>> & { readonly changes: number };

/** A change says the new size of one level; 0 takes it out. A snapshot comes with every new socket. */
export type BookMessage =
  | { readonly type: 'change'; readonly side: Side; readonly price: number; readonly size: number }
  | { readonly type: 'snapshot'; readonly book: Book };

/** A book with nothing in it. */
export const emptyBook: Book = { bids: {}, asks: {}, changes: 0 };

/** The reducer: a change that is missed makes the book wrong from then on. */
export function applyToBook(book: Book, message: BookMessage): Book {
  if (message.type === 'snapshot') return message.book;
  const { side, price, size } = message;
  const { [price]: _, ...others } = book[side];
  return { ...book, [side]: size === 0 ? others : { ...others, [price]: size }, changes: book.changes + 1 };
}

/** All shares of a book: two books that have seen the same changes agree on it. */
export function countShares({ bids, asks }: Book): number {
  return [...Object.values(bids), ...Object.values(asks)].reduce((sum, size) => sum + size, 0);
}

/** The server's side: the book as it really is. */
export interface Market extends Pick<Store<Book>, 'get' | 'subscribe'> {
  readonly serve: Serve;
  /** Makes changes and sends each one, all in one task. */
  readonly trade: (server: StoryServer, changes: number) => void;
}

/** Cents; bids lie below it and asks above. */
const MIDDLE = 11_825;
const DEPTH = 24;

/** Creates a market with orders in it. */
export function createMarket(): Market {
  const { get, set, subscribe } = createStore(emptyBook);
  const draw = (): BookMessage => {
    const side = Math.random() < 0.5 ? 'bids' : 'asks';
    const distance = 1 + Math.floor(Math.random() ** 1.5 * DEPTH);
    const size = Math.random() < 0.15 ? 0 : Math.ceil(Math.random() * 90) * 10;
    return { type: 'change', side, price: side === 'bids' ? MIDDLE - distance : MIDDLE + distance, size };
  };
  const advance = (book: Book, messages: readonly BookMessage[]): Book => messages.reduce(applyToBook, book);
  const drawMany = (changes: number): BookMessage[] => Array.from({ length: changes }, draw);

  set((book) => ({ ...advance(book, drawMany(200)), changes: 0 }));
  return {
    get,
    subscribe,
    serve(client) {
      client.send(JSON.stringify({ type: 'snapshot', book: get() } satisfies BookMessage));
      return () => undefined;
    },
    trade(server, changes) {
      const messages = drawMany(changes);
      for (const message of messages) server.send(JSON.stringify(message));
      set((book) => advance(book, messages));
    },
  };
}
