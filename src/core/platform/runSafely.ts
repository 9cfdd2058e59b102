/**
 * Hands an exception of user code to the platform, as the browser does with one of an event handler. It never throws
 * itself: a console that throws must not stop a connection.
 */
export function report(error: unknown): void {
  try {
    const { reportError = console.error } = globalThis as { reportError?: (error: unknown) => void };
    reportError(error);
  } catch {
    // There is no other place to report to.
  }
}

/** Calls user code. An exception is reported, and the result is `undefined` then. */
export function runSafely<Args extends unknown[], Result>(
  call: (...args: Args) => Result,
  ...args: Args
): Result | undefined {
  try {
    return call(...args);
  } catch (error) {
    report(error);
    return undefined;
  }
}

/**
 * Calls every listener that is in the set now. One that throws is reported and the others still run. One that is
 * removed meanwhile is not called, and one that is added meanwhile waits for the next time.
 */
export function callEach<Args extends unknown[]>(
  listeners: ReadonlySet<(...args: Args) => void> | null,
  ...args: Args
): void {
  if (!listeners || listeners.size === 0) return;
  for (const listener of [...listeners]) if (listeners.has(listener)) runSafely(listener, ...args);
}

/** Runs a function after the current task. No platform timer is used, because fake timers hold those back. */
export function runInMicrotask(run: () => void): void {
  void Promise.resolve().then(run);
}
