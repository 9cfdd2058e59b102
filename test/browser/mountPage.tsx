/** Mounts components as an application does, and waits for their changes by events instead of timers. */
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach } from 'vitest';

import type { Connection, ConnectionState } from '../../src/index.js';
import { waitForState } from '../support/waitForState.js';

const roots = new Set<Root>();

/** Mounts a page and unmounts it after the test. */
export function mountPage(page: ReactNode) {
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  roots.add(root);
  root.render(page);
  return {
    container,
    render: (next: ReactNode) => root.render(next),
    /** Waits until the text of the page equals the string or matches the pattern. */
    waitForText: (text: string | RegExp) =>
      new Promise<string>((resolve) => {
        const check = (): void => {
          const { textContent } = container;
          if (typeof text === 'string' ? textContent !== text : !text.test(textContent)) return;
          observer.disconnect();
          resolve(textContent);
        };
        const observer = new MutationObserver(check);
        observer.observe(container, { subtree: true, childList: true, characterData: true });
        check();
      }),
    unmount() {
      root.unmount();
      roots.delete(root);
    },
  };
}

/** Waits until a connection has the status. */
export const waitForStatus = <In, Out>(connection: Connection<In, Out>, status: ConnectionState['status']) =>
  waitForState(connection, (state) => state.status === status);

/** Retains a connection until the test ends. */
export function retainForTest<In, Out>(connection: Connection<In, Out>): Connection<In, Out> {
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
