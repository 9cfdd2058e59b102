import type { HeldConnection } from './connection.js';

type AnyConnection = HeldConnection<never, never>;

/** Connections in use, by key: what `share` finds. Empty as soon as nobody uses any. */
const inUse = new Map<string, AnyConnection>();

/** Connections made for components that are being rendered; nobody uses them yet. */
const proposed = new Map<string, AnyConnection>();

/**
 * The connection that is shared under a key, or one to share: components that are rendered in one go get the
 * same one. It acts on nothing, so a render that is thrown away leaves nothing behind.
 */
export function proposeShared(key: string, create: () => AnyConnection): AnyConnection {
  const known = inUse.get(key) ?? proposed.get(key);
  if (known) return known;
  const connection = create();
  proposed.set(key, connection);
  void Promise.resolve().then(() => proposed.delete(key));
  return connection;
}

/** Enters a connection that is going to be used; returns the one that is in use under the key already, if any. */
export function joinShared(key: string, connection: AnyConnection): AnyConnection {
  const known = inUse.get(key) ?? connection;
  inUse.set(key, known);
  return known;
}

/** Takes out a connection that nobody uses any more. */
export function leaveShared(key: string, connection: AnyConnection): void {
  if (inUse.get(key) === connection) inUse.delete(key);
}
