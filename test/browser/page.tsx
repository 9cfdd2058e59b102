/** Mounts components as an application does, and waits for what happens: by events, never by time. */
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach } from 'vitest';

import type { Connection, ConnectionState } from '../../src/index.js';

const roots = new Set<Root>();

/** Mounts a page; it is unmounted after the test. */
export function mount(page: ReactNode) {
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  roots.add(root);
  root.render(page);
  return {
    container,
    render: (next: ReactNode) => root.render(next),
    /** Waits until the page shows a text. */
    shows: (text: string | RegExp) =>
      new Promise<string>((resolve) => {
        const look = (): void => {
          const { textContent } = container;
          if (typeof text === 'string' ? textContent !== text : !text.test(textContent)) return;
          observer.disconnect();
          resolve(textContent);
        };
        const observer = new MutationObserver(look);
        observer.observe(container, { subtree: true, childList: true, characterData: true });
        look();
      }),
    unmount() {
      root.unmount();
      roots.delete(root);
    },
  };
}

/** Waits for a state of a connection that answers a question. */
export function reaches<In, Out>(
  connection: Connection<In, Out>,
  isReached: (state: ConnectionState) => boolean,
): Promise<ConnectionState> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = connection.getState();
      if (!isReached(state)) return;
      stop();
      resolve(state);
    };
    const stop = connection.subscribe(look);
    look();
  });
}

/** Waits for a state by its name. */
export const becomes = <In, Out>(connection: Connection<In, Out>, status: ConnectionState['status']) =>
  reaches(connection, (state) => state.status === status);

/** Keeps a connection in use until the test is over. */
export function use<In, Out>(connection: Connection<In, Out>): Connection<In, Out> {
  releases.add(connection.retain());
  return connection;
}

const releases = new Set<() => void>();

afterEach(() => {
  for (const root of roots) root.unmount();
  roots.clear();
  for (const release of releases) release();
  releases.clear();
});
