/** How long a page that draws no frames (hidden, or no page at all) waits instead, in ms. */
const WITHOUT_FRAMES_MS = 100;

/** Something that changes what components show. */
export interface Shown {
  /** Makes the newest state the one that is shown. */
  show(): void;
  /** Renders the component again. */
  notify(): void;
}

/** What has changed since the last frame. There is one frame for all, so that components drawn together agree. */
const changed = new Set<Shown>();
let cancelFrame: (() => void) | null = null;
let startedWith: typeof setTimeout | undefined;

/** Shows the newest state in the next frame, or after 100 ms where there are no frames. */
export function showInNextFrame(item: Shown): void {
  changed.add(item);
  // A frame on fake timers that an earlier test has put back never comes.
  if (cancelFrame && startedWith === setTimeout) return;
  startedWith = setTimeout;
  const timer = setTimeout(showAll, WITHOUT_FRAMES_MS);
  const { requestAnimationFrame, cancelAnimationFrame } = globalThis as Partial<typeof globalThis>;
  const frame = requestAnimationFrame?.(showAll);
  cancelFrame = () => {
    cancelFrame = null;
    clearTimeout(timer);
    if (frame !== undefined) cancelAnimationFrame?.(frame);
  };
}

/** Nothing of this waits for a frame any more. */
export function cancelNextFrame(item: Shown): void {
  if (changed.delete(item) && changed.size === 0) cancelFrame?.();
}

function showAll(): void {
  cancelFrame?.();
  const items = [...changed];
  changed.clear();
  for (const item of items) item.show();
  for (const item of items) item.notify();
}
