import { report } from './errors.js';

/** Adds a listener, as often as it is given; returns what takes this one out again. */
export function addListener<Args extends unknown[]>(
  listeners: Set<Listener<Args>>,
  call: (...args: Args) => void,
): () => void {
  const own = { call };
  listeners.add(own);
  return () => {
    listeners.delete(own);
  };
}

/** An entry of its own for every subscription, so that one function can be given twice. */
export interface Listener<Args extends unknown[]> {
  readonly call: (...args: Args) => void;
}

/**
 * Calls every listener that is there now. One that throws is reported and the next one runs; one that is
 * taken out meanwhile is not called, and one that is added meanwhile waits for the next time.
 */
export function callEach<Args extends unknown[]>(listeners: Set<Listener<Args>>, ...args: Args): void {
  for (const own of [...listeners]) {
    if (listeners.has(own)) attempt(own.call, ...args);
  }
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
