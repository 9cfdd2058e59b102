import { createStore, type Store } from '../demo/store.js';
import type { Serve, StoryServer } from '../server/storyServer.js';

/** The two sides of an order book. */
export type Side = 'bids' | 'asks';

/** Shares per price in cents. */
export type Levels = Readonly<Record<number, number>>;

/** An order book, and the number of changes applied to it. */
export type Book = Readonly<Record<Side, Levels>> & { readonly changes: number };

/** A change sets the size of one level; 0 removes it. The server sends a snapshot to every new socket. */
export type BookMessage =
  | { readonly type: 'change'; readonly side: Side; readonly price: number; readonly size: number }
  | { readonly type: 'snapshot'; readonly book: Book };

/** A book without orders. */
export const emptyBook: Book = { bids: {}, asks: {}, changes: 0 };

/** The reducer. A missed change would leave the book wrong from then on. */
export function applyToBook(book: Book, message: BookMessage): Book {
  if (message.type === 'snapshot') return message.book;
  const { side, price, size } = message;
  const { [price]: _, ...others } = book[side];
  return { ...book, [side]: size === 0 ? others : { ...others, [price]: size }, changes: book.changes + 1 };
}

/** The shares in a book: equal for two books with the same changes. */
export function countShares({ bids, asks }: Book): number {
  return [...Object.values(bids), ...Object.values(asks)].reduce((sum, size) => sum + size, 0);
}

/** The server's side: the correct book. */
export interface Market extends Pick<Store<Book>, 'get' | 'subscribe'> {
  readonly serve: Serve;
  /** Applies changes and sends each one, all in one task. */
  readonly trade: (server: StoryServer, changes: number) => void;
}

/** In cents; bids are below and asks above. */
const MIDDLE = 11_825;
const DEPTH = 24;

/** Creates a market with 200 random orders. */
export function createMarket(): Market {
  const { get, set, subscribe } = createStore(emptyBook);
  const randomChange = (): BookMessage => {
    const side = Math.random() < 0.5 ? 'bids' : 'asks';
    const distance = 1 + Math.floor(Math.random() ** 1.5 * DEPTH);
    const size = Math.random() < 0.15 ? 0 : Math.ceil(Math.random() * 90) * 10;
    return { type: 'change', side, price: side === 'bids' ? MIDDLE - distance : MIDDLE + distance, size };
  };
  const applyAll = (book: Book, messages: readonly BookMessage[]): Book => messages.reduce(applyToBook, book);
  const randomChanges = (changes: number): BookMessage[] => Array.from({ length: changes }, randomChange);

  set((book) => ({ ...applyAll(book, randomChanges(200)), changes: 0 }));
  return {
    get,
    subscribe,
    serve(client) {
      client.send(JSON.stringify({ type: 'snapshot', book: get() } satisfies BookMessage));
      return () => undefined;
    },
    trade(server, changes) {
      const messages = randomChanges(changes);
      for (const message of messages) server.send(JSON.stringify(message));
      set((book) => applyAll(book, messages));
    },
  };
}
