import { act } from '@testing-library/react';
import { version } from 'react';
import * as ReactDOM from 'react-dom';
import { renderToString } from 'react-dom/server';
import type * as Client from 'react-dom/client';
import type { ReactElement } from 'react';
import { describe, expect, it, vi } from 'vitest';

import { createConnection, useMessageReducer, useWebSocket } from '../../src/index.js';
import { FRAME, advance, socket, sockets, URL_A, withFakes } from '../support/reactFakes.js';

withFakes();

const major = Number.parseInt(version);

/** Hydrates a page as its version of React does; returns a function that unmounts it. */
async function hydrate(page: ReactElement, container: HTMLElement): Promise<() => void> {
  if (major >= 18) {
    const client = 'react-dom/client';
    const { hydrateRoot } = (await import(/* @vite-ignore */ client)) as typeof Client;
    let root: ReturnType<typeof hydrateRoot> | undefined;
    act(() => {
      root = hydrateRoot(container, page);
    });
    return () => act(() => root?.unmount());
  }
  const old = ReactDOM as unknown as {
    hydrate: (page: ReactElement, container: Element) => void;
    unmountComponentAtNode: (container: Element) => void;
  };
  act(() => {
    old.hydrate(page, container);
  });
  return () =>
    act(() => {
      old.unmountComponentAtNode(container);
    });
}

describe('hydration', () => {
  it('keeps the server-rendered markup without a warning, then dials once', async () => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const seen: string[] = [];
    function Page() {
      const { status } = useWebSocket(URL_A);
      const count = useMessageReducer(useWebSocket(URL_A, { share: true }), (n) => n + 1, 0);
      seen.push(status);
      return <p>{`${status} ${count}`}</p>;
    }
    const container = document.createElement('div');
    container.innerHTML = renderToString(<Page />);
    expect(container.textContent).toBe('idle 0');
    expect(sockets()).toEqual([]);
    complaints.mockClear();
    seen.length = 0;

    const unmount = await hydrate(<Page />, container);
    expect(complaints.mock.calls).toEqual([]);
    expect(seen[0]).toBe('idle');
    expect(container.textContent).toBe('connecting 0');
    expect(sockets()).toHaveLength(2);
    unmount();
  });

  it('shows an open connection of the application right after hydration', async () => {
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const connection = createConnection(URL_A);
    const release = connection.retain();
    socket().open();
    const Page = () => <p>{useWebSocket(connection).status}</p>;
    const container = document.createElement('div');
    container.innerHTML = '<p>idle</p>';
    const unmount = await hydrate(<Page />, container);
    // Before React 18 a component cannot detect that it is being hydrated.
    if (major >= 18) expect(complaints.mock.calls).toEqual([]);
    expect(container.textContent).toBe('open');
    expect(sockets()).toHaveLength(1);
    unmount();
    release();
    advance(FRAME);
  });
});
