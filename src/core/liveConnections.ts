import type { CloseInfo } from './closeInfo.js';
import type { Connection } from './connection.js';
import type { UrlSource } from './socket/dial.js';
import { redactUrl } from './safeText.js';

declare const process: { readonly env: { readonly NODE_ENV?: string } };

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
  /** While silent, incoming frames are ignored, as if the server no longer responded. It lasts until the socket ends. */
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

/** What the developer tools can do with a session. */
interface SimulatedSession {
  simulateEnd(close: Partial<CloseInfo>): void;
  simulateSilence(isSilent: boolean): void;
}

/** Registers a connection that has come into use, in development builds only; returns the function that removes it. */
export function registerInDevelopment<In, Out>(
  connection: Connection<In, Out> & { readonly config: { readonly url: UrlSource } },
  lifecycle: { readonly session: SimulatedSession | null },
): (() => void) | null {
  try {
    if (process.env.NODE_ENV === 'production') return null;
    const { url } = connection.config;
    return registerLiveConnection({
      connection: connection,
      url: typeof url === 'function' ? '(function)' : redactUrl(url),
      endSocket: (close) => lifecycle.session?.simulateEnd(close),
      setSilent: (isSilent) => lifecycle.session?.simulateSilence(isSilent),
    });
  } catch {
    // There is no `process` in this bundle.
    return null;
  }
}
