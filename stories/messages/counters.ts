import { createStore, type Store } from '../demo/store.js';

/** The names of the counters. */
export type CounterName = 'sent' | 'received' | 'seen' | 'renders' | 'frames';

/** Counters that may change thousands of times in a frame but notify once a frame. */
export interface Counters extends Pick<Store<Counts>, 'get' | 'subscribe'> {
  readonly add: (name: CounterName) => void;
  readonly reset: () => void;
}

type Counts = Readonly<Record<CounterName, number>>;

const ZERO: Counts = { sent: 0, received: 0, seen: 0, renders: 0, frames: 0 };

/** Creates counters at zero. A component whose renders are counted must not show them: that would render it again. */
export function createCounters(): Counters {
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
