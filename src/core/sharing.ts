/** Connections in use, by key: what `share` finds. Empty as soon as nobody uses any. */
const inUse = new Map<string, unknown>();

/** Connections made for components that are being rendered; nobody uses them yet. */
const proposed = new Map<string, unknown>();

/**
 * The connection that is shared under a key, or one to share: components that are rendered in one go get the
 * same one. It acts on nothing, so a render that is thrown away leaves nothing behind.
 */
export function proposeShared<Shared>(key: string, create: () => Shared): Shared {
  const known = inUse.get(key) ?? proposed.get(key);
  if (known) return known as Shared;
  const connection = create();
  proposed.set(key, connection);
  void Promise.resolve().then(() => proposed.delete(key));
  return connection;
}

/** Enters a connection that is going to be used; returns the one that is in use under the key already, if any. */
export function joinShared<Shared>(key: string, connection: Shared): Shared {
  const known = inUse.get(key) ?? connection;
  inUse.set(key, known);
  return known as Shared;
}

/** Takes out a connection that nobody uses any more. */
export function leaveShared(key: string, connection: unknown): void {
  if (inUse.get(key) === connection) inUse.delete(key);
}
