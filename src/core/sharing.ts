import { inMicrotask } from './timer.js';

/** Connections in use, by key: what `share` finds. Empty once nobody uses any. */
const inUse = new Map<string, unknown>();

/** Connections made for components that are being rendered; nobody uses them yet. */
const proposed = new Map<string, unknown>();

/**
 * The connection that is shared under a key, or one to share: components that are rendered in one go get the
 * same one. It acts on nothing, so a render that is thrown away leaves nothing behind.
 */
export function proposeShared<Connection>(key: string, create: () => Connection): Connection {
  const known = inUse.get(key) ?? proposed.get(key);
  if (known) return known as Connection;
  const connection = create();
  proposed.set(key, connection);
  inMicrotask(() => proposed.delete(key));
  return connection;
}

/** Enters a connection that is going to be used; returns what is in use under the key already, if anything. */
export function joinShared<Connection>(key: string, mine: Connection): Connection {
  const known = inUse.get(key) ?? mine;
  inUse.set(key, known);
  proposed.delete(key);
  return known as Connection;
}

/** Takes out a connection that nobody uses any more. */
export function leaveShared(key: string, connection: unknown): void {
  if (inUse.get(key) === connection) inUse.delete(key);
}
