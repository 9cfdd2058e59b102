import { createStore, type Store } from '../scene/store.js';

/** What is counted of a burst. */
export type Counted = 'sent' | 'received' | 'seen' | 'renders' | 'frames';

/** Counters that may move thousands of times in a frame; they are shown once in each. */
export interface Tally extends Pick<Store<Counts>, 'get' | 'subscribe'> {
  readonly add: (name: Counted) => void;
  readonly reset: () => void;
}

type Counts = Readonly<Record<Counted, number>>;

const ZERO: Counts = { sent: 0, received: 0, seen: 0, renders: 0, frames: 0 };

/** Creates counters at zero. Whoever is counted must not show them, or the showing would be counted too. */
export function createTally(): Tally {
  const { get, set, subscribe } = createStore(ZERO);
  let counts = { ...ZERO };
  let isDue = false;
  const publish = (): void => {
    isDue = false;
    set(() => ({ ...counts }));
  };
  const changed = (): void => {
    if (!isDue) requestAnimationFrame(publish);
    isDue = true;
  };
  return {
    get,
    subscribe,
    add(name) {
      counts[name]++;
      changed();
    },
    reset() {
      counts = { ...ZERO };
      changed();
    },
  };
}
