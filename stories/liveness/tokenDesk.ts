import { createStore, type Store } from '../scene/store.js';

/** A token, good for one dial. */
export interface Token {
  readonly value: string;
  readonly attempt: number;
  readonly isUsed: boolean;
}

/** What a desk has done. */
export interface DeskState {
  /** The newest first. */
  readonly tokens: readonly Token[];
  readonly isOpen: boolean;
}

/** Where tokens come from: a small server of its own, in the page. */
export interface TokenDesk extends Pick<Store<DeskState>, 'get' | 'subscribe'> {
  /** Asks for a token; rejects while the desk is closed. */
  readonly fetchToken: (attempt: number) => Promise<string>;
  /** Whether a dial with this URL is let in. No token does it twice. */
  readonly admit: (url: URL) => boolean;
  readonly setOpen: (isOpen: boolean) => void;
}

/** Creates a desk that is open. */
export function createTokenDesk(): TokenDesk {
  const { get, set, subscribe } = createStore<DeskState>({ tokens: [], isOpen: true });
  return {
    get,
    subscribe,
    async fetchToken(attempt) {
      const { tokens, isOpen } = get();
      if (!isOpen) throw new Error('The token desk is closed.');
      const value = `token-${tokens.length + 1}`;
      set((state) => ({ ...state, tokens: [{ value, attempt, isUsed: false }, ...state.tokens] }));
      return value;
    },
    admit(url) {
      const value = url.searchParams.get('token');
      const isGood = get().tokens.some((token) => token.value === value && !token.isUsed);
      set((state) => ({
        ...state,
        tokens: state.tokens.map((token) => (token.value === value ? { ...token, isUsed: true } : token)),
      }));
      return isGood;
    },
    setOpen(isOpen) {
      set((state) => ({ ...state, isOpen }));
    },
  };
}
