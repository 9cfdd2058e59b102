/** How long a page that draws no frames (hidden, or no page at all) waits instead. */
const WITHOUT_FRAMES_MS = 100;

/** Runs a function once, in the next animation frame. The returned function cancels that. */
export function scheduleFrame(run: () => void): () => void {
  const { requestAnimationFrame: request, cancelAnimationFrame: cancel } = globalThis as Partial<
    typeof globalThis
  >;
  const runOnce = (): void => {
    stop();
    run();
  };
  const timer = setTimeout(runOnce, WITHOUT_FRAMES_MS);
  const frame = request?.(runOnce);
  const stop = (): void => {
    clearTimeout(timer);
    if (frame !== undefined) cancel?.(frame);
  };
  return stop;
}
