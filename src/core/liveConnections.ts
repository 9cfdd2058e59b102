import type { Connection } from './connection.js';

/** A connection that is in use, as the developer tools see it. */
export interface LiveConnection {
  readonly connection: Connection<unknown, never>;
  /** Without query and credentials; `'(function)'` where a function makes the URL. */
  readonly url: string;
  /**
   * Ends the open socket as if the server had closed it, so that the connection acts by its rules. Does nothing
   * while no socket is open.
   */
  endSocket(close: { readonly code: number; readonly reason?: string; readonly wasClean?: boolean }): void;
  /** While silent, incoming frames are ignored, as if the server no longer responded. Stays until it is called again. */
  setSilent(isSilent: boolean): void;
}

let liveConnections: readonly LiveConnection[] = [];
const listeners = new Set<() => void>();

/**
 * Adds a connection to those that `<WebSocketDevtools />` lists. The core calls this in development, when a
 * connection comes into use; the returned function removes it.
 */
export function registerLiveConnection(live: LiveConnection): () => void {
  update([...liveConnections, live]);
  return () => {
    if (liveConnections.includes(live)) update(liveConnections.filter((other) => other !== live));
  };
}

/** The connections in use, oldest first; the same array until one is added or removed. */
export function getLiveConnections(): readonly LiveConnection[] {
  return liveConnections;
}

/** Calls back whenever a connection was added or removed; returns the unsubscribe function. */
export function watchLiveConnections(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function update(next: readonly LiveConnection[]): void {
  liveConnections = next;
  for (const listener of [...listeners]) listener();
}
