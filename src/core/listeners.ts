import { report } from './errors.js';

/** Adds a listener, as often as it is given; returns what takes this one out again. */
export function addListener<Args extends unknown[]>(
  listeners: Set<(...args: Args) => void>,
  listener: (...args: Args) => void,
): () => void {
  // A function of its own for every subscription, so that one can be given twice.
  const own = listener.bind(null);
  listeners.add(own);
  return () => {
    listeners.delete(own);
  };
}

/**
 * Calls every listener that is there now. One that throws is reported and the next one runs; one that is
 * taken out meanwhile is not called, and one that is added meanwhile waits for the next time.
 */
export function callEach<Args extends unknown[]>(
  listeners: Set<(...args: Args) => void>,
  ...args: Args
): void {
  for (const listener of [...listeners]) if (listeners.has(listener)) attempt(listener, ...args);
}

/** Calls user code so that its exception disturbs nothing. */
export function attempt<Args extends unknown[], Result>(
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
