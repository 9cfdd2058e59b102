import { createStore, type Store } from '../demo/store.js';

/** Simulates the network state of this page. */
export interface Network extends Pick<Store<boolean>, 'get' | 'subscribe'> {
  /** Sets `navigator.onLine` and fires the event, as a browser does. */
  readonly set: (isOnline: boolean) => void;
  /** Ends the simulation. */
  readonly restore: () => void;
}

/** Creates a simulated network that is online. It changes nothing in the page before `set` is called. */
export function createNetwork(): Network {
  const { get, set, subscribe } = createStore(true);
  const announce = (isOnline: boolean): void => {
    set(() => isOnline);
    window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
  };
  // An own property of the navigator hides the browser's value until it is deleted.
  const showRealState = (): boolean => Reflect.deleteProperty(navigator, 'onLine');
  return {
    get,
    subscribe,
    set(isOnline) {
      if (isOnline) showRealState();
      else Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
      announce(isOnline);
    },
    restore() {
      showRealState();
      if (!get()) announce(true);
    },
  };
}
