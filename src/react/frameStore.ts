import { addListener, callEach } from '../core/listeners.js';

/** State that is folded as messages arrive and shown at most once a frame. */
export interface FrameStore<State> {
  readonly get: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes the next state; it is shown in the next frame, or now. */
  readonly fold: (next: (state: State) => State, now: boolean) => void;
}

/** How long a page that draws no frames (hidden, or no page at all) waits instead, in ms. */
const WITHOUT_FRAMES = 100;

/** What a store does in a frame: takes over what was folded, then tells its readers. */
interface Publication {
  readonly show: () => void;
  readonly tell: () => void;
}

/**
 * What has changed since the last frame. There is one frame for all stores, so that readers who are drawn
 * together agree.
 */
const changed = new Set<Publication>();
let stopWaiting: (() => void) | null = null;

function publishInFrame(publication: Publication): void {
  changed.add(publication);
  if (stopWaiting) return;
  const timer = setTimeout(publishAll, WITHOUT_FRAMES);
  const { requestAnimationFrame: request, cancelAnimationFrame: cancel } = globalThis as Partial<
    typeof globalThis
  >;
  const frame = request?.(publishAll);
  stopWaiting = () => {
    stopWaiting = null;
    clearTimeout(timer);
    if (frame !== undefined) cancel?.(frame);
  };
}

function publishAll(): void {
  stopWaiting?.();
  const all = [...changed];
  changed.clear();
  for (const { show } of all) show();
  for (const { tell } of all) tell();
}

/** Creates a store that shows its initial state. */
export function createFrameStore<State>(initial: State): FrameStore<State> {
  const listeners = new Set<() => void>();
  let shown = initial;
  let folded = initial;
  const show = (): void => {
    shown = folded;
  };
  const tell = (): void => {
    callEach(listeners);
  };
  const publication = { show, tell };
  return {
    get: () => shown,
    subscribe(listener) {
      const remove = addListener(listeners, listener);
      // For what was folded while Activity hid the component: React 19.2 looks again only at what its last render
      // has changed.
      listener();
      return () => {
        remove();
        if (listeners.size > 0) return;
        show();
        if (changed.delete(publication) && changed.size === 0) stopWaiting?.();
      };
    },
    fold(next, now) {
      folded = next(folded);
      if (Object.is(folded, shown)) return;
      if (!now) {
        publishInFrame(publication);
        return;
      }
      show();
      tell();
    },
  };
}
