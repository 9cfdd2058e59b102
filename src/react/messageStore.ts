import { callEach } from '../core/platform/runSafely.js';

/** How long a page that draws no frames (hidden, or no page at all) waits instead, in ms. */
const WITHOUT_FRAMES_MS = 100;

/**
 * The stores that changed since the last frame. There is one frame for all of them, so that components which are drawn
 * together agree.
 */
const changed = new Set<FrameStore<never>>();
let cancelFrame: (() => void) | null = null;

function requestFrame(): void {
  if (cancelFrame) return;
  const timer = setTimeout(publishAll, WITHOUT_FRAMES_MS);
  const { requestAnimationFrame, cancelAnimationFrame } = globalThis as Partial<typeof globalThis>;
  const frame = requestAnimationFrame?.(publishAll);
  cancelFrame = () => {
    cancelFrame = null;
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame?.(frame);
  };
}

function publishAll(): void {
  cancelFrame?.();
  const stores = [...changed];
  changed.clear();
  for (const store of stores) store.show();
  for (const store of stores) store.notify();
}

/** State that is folded as messages arrive and shown at most once a frame. */
export class FrameStore<State> {
  #shown: State;
  #folded: State;
  #listeners: Set<() => void> | null = null;

  constructor(initial: State) {
    this.#shown = this.#folded = initial;
  }

  readonly get = (): State => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    const listeners = (this.#listeners ??= new Set());
    listeners.add(listener);
    // React 19.2 does not look again at what changed while Activity hid the component.
    listener();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.show();
      if (changed.delete(this as unknown as FrameStore<never>) && changed.size === 0) cancelFrame?.();
    };
  };

  /** Takes the next state; it is shown in the next frame, or now. */
  fold(next: (state: State) => State, now: boolean): void {
    this.#folded = next(this.#folded);
    if (Object.is(this.#folded, this.#shown)) return;
    if (now) {
      this.show();
      this.notify();
    } else {
      changed.add(this as unknown as FrameStore<never>);
      requestFrame();
    }
  }

  show(): void {
    this.#shown = this.#folded;
  }

  notify(): void {
    callEach(this.#listeners);
  }
}
