import { runInMicrotask } from '../core/platform/runSafely.js';

/** Connections in use, by key: what `share` finds. Empty while nothing uses any. */
const inUse = new Map<string, unknown>();

/** Connections made for components that are being rendered and do not use them yet. */
const proposed = new Map<string, unknown>();

/**
 * Returns the connection that is shared under a key, or one to share: components that are rendered in one go get the
 * same one. It acts on nothing, so a render that is thrown away leaves nothing behind.
 */
export function proposeShared<Connection>(
  key: string,
  create: (onReleased: (connection: Connection) => void) => Connection,
): Connection {
  const known = inUse.get(key) ?? proposed.get(key);
  if (known) return known as Connection;
  const connection = create((released) => leaveShared(key, released));
  proposed.set(key, connection);
  runInMicrotask(() => proposed.delete(key));
  return connection;
}

/** Enters a connection that is about to be used; returns the one that is in use under the key, if there is one. */
export function joinShared<Connection>(key: string, connection: Connection): Connection {
  const known = inUse.get(key) ?? connection;
  inUse.set(key, known);
  proposed.delete(key);
  return known as Connection;
}

/** Removes a connection that is not used any more. */
function leaveShared(key: string, connection: unknown): void {
  if (inUse.get(key) === connection) inUse.delete(key);
}
