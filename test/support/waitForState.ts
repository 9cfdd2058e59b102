import type { Connection, ConnectionState } from '../../src/core/index.js';

/** Waits until the state of a connection satisfies the predicate. */
export function waitForState<In, Out>(
  connection: Connection<In, Out>,
  isReached: (state: ConnectionState) => boolean,
): Promise<ConnectionState> {
  return new Promise((resolve) => {
    const check = (): void => {
      const state = connection.getState();
      if (!isReached(state)) return;
      stop();
      resolve(state);
    };
    const stop = connection.subscribe(check);
    check();
  });
}
