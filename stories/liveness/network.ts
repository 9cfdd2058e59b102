import { createStore, type Store } from '../scene/store.js';

/** The network as this page believes it to be. */
export interface Network extends Pick<Store<boolean>, 'get' | 'subscribe'> {
  /** Says that the network is there, or gone, in the way a browser does. */
  readonly set: (isOnline: boolean) => void;
  /** Takes the pretence back. */
  readonly restore: () => void;
}

/** Creates a network that is there; until it is told otherwise the page is left alone. */
export function createNetwork(): Network {
  const { get, set, subscribe } = createStore(true);
  const announce = (isOnline: boolean): void => {
    set(() => isOnline);
    window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
  };
  // An own property of the navigator hides what the browser says, for as long as it is there.
  const reveal = (): boolean => Reflect.deleteProperty(navigator, 'onLine');
  return {
    get,
    subscribe,
    set(isOnline) {
      if (isOnline) reveal();
      else Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
      announce(isOnline);
    },
    restore() {
      reveal();
      if (!get()) announce(true);
    },
  };
}
