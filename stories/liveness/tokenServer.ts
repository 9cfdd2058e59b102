import { createStore, type Store } from '../demo/store.js';

/** A token that is valid for one connection attempt. */
export interface Token {
  readonly value: string;
  readonly attempt: number;
  readonly isUsed: boolean;
}

/** The state of a token server. */
export interface TokenServerState {
  /** The newest first. */
  readonly tokens: readonly Token[];
  readonly isRunning: boolean;
}

/** Issues one-time tokens, in the page. */
export interface TokenServer extends Pick<Store<TokenServerState>, 'get' | 'subscribe'> {
  /** Returns a new token; rejects while the server is stopped. */
  readonly fetchToken: (attempt: number) => Promise<string>;
  /** Whether the token in this URL is valid; it is not valid a second time. */
  readonly redeem: (url: URL) => boolean;
  readonly setRunning: (isRunning: boolean) => void;
}

/** Creates a token server that runs. */
export function createTokenServer(): TokenServer {
  const { get, set, subscribe } = createStore<TokenServerState>({ tokens: [], isRunning: true });
  return {
    get,
    subscribe,
    async fetchToken(attempt) {
      const { tokens, isRunning } = get();
      if (!isRunning) throw new Error('The token server is stopped.');
      const value = `token-${tokens.length + 1}`;
      set((state) => ({ ...state, tokens: [{ value, attempt, isUsed: false }, ...state.tokens] }));
      return value;
    },
    redeem(url) {
      const value = url.searchParams.get('token');
      const isGood = get().tokens.some((token) => token.value === value && !token.isUsed);
      set((state) => ({
        ...state,
        tokens: state.tokens.map((token) => (token.value === value ? { ...token, isUsed: true } : token)),
      }));
      return isGood;
    },
    setRunning(isRunning) {
      set((state) => ({ ...state, isRunning }));
    },
  };
}
