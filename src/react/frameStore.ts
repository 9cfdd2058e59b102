/** State that is folded as messages arrive and shown at most once a frame. */
export interface FrameStore<State> {
  readonly get: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  /** Takes the next state; it is shown in the next frame, or now. */
  readonly fold: (next: (state: State) => State, now: boolean) => void;
}

/** How long a page that draws no frames (hidden, or no page at all) waits instead, in ms. */
const WITHOUT_FRAMES = 100;

/**
 * What has changed since the last frame. There is one frame for all stores, so that readers who are drawn
 * together agree.
 */
const changed = new Set<() => void>();
let stopWaiting: (() => void) | null = null;

function publishInFrame(publish: () => void): void {
  changed.add(publish);
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
  for (const publish of all) publish();
}

/** Creates a store that shows its initial state. */
export function createFrameStore<State>(initial: State): FrameStore<State> {
  const listeners = new Set<() => void>();
  let shown = initial;
  let folded = initial;
  const publish = (): void => {
    shown = folded;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        shown = folded;
        if (changed.delete(publish) && changed.size === 0) stopWaiting?.();
      };
    },
    fold(next, now) {
      folded = next(folded);
      if (now) publish();
      else if (!Object.is(folded, shown)) publishInFrame(publish);
    },
  };
}
