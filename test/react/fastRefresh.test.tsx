import { render, renderHook } from '@testing-library/react';
import type { ReactElement } from 'react';
import { describe, expect, it, vi } from 'vitest';

import { createConnection, useMessageReducer, useWebSocket } from '../../src/index.js';
import { advance, FRAME, socket, sockets, socketsInUse, URL_A, withFakes } from '../support/reactFakes.js';

/** The functions that a bundler calls for the components of a module, and for an edited module. */
interface RefreshRuntime {
  register(type: unknown, id: string): void;
  createSignatureFunctionForTransform(): (type: unknown, key: string, forceReset?: boolean) => void;
  validateRefreshBoundaryAndEnqueueUpdate(id: string, before: object, after: object): void;
}

// The runtime of the Vite plugin must be installed before React DOM is loaded.
const runtime = await vi.hoisted(async () => {
  const path = '../../node_modules/@vitejs/plugin-react/dist/refresh-runtime.js';
  const { default: injected, ...exports } = (await import(/* @vite-ignore */ path)) as {
    default: { injectIntoGlobalHook: (target: object) => void };
  };
  injected.injectIntoGlobalHook(window);
  return exports;
});
const { register, createSignatureFunctionForTransform, validateRefreshBoundaryAndEnqueueUpdate } =
  runtime as RefreshRuntime;

withFakes();

/** Registers a page as the bundler does; a new signature means that its hooks were edited. */
function definePage(text: string, signature: string): () => ReactElement {
  function Page() {
    return <p>{`${text} ${useMessageReducer(useWebSocket(URL_A), (count) => count + 1, 0)}`}</p>;
  }
  createSignatureFunctionForTransform()(Page, signature);
  register(Page, 'Page.tsx Page');
  return Page;
}

function save(before: () => ReactElement, after: () => ReactElement): void {
  validateRefreshBoundaryAndEnqueueUpdate('Page.tsx', { Page: before }, { Page: after });
  advance(FRAME);
  advance(0);
}

describe('Fast Refresh', () => {
  it('keeps the socket and the messages after an edit that does not change the hooks', () => {
    const Before = definePage('before', 'these hooks');
    const { container } = render(<Before />);
    socket().open();
    socket().message('a', 'b');
    advance(FRAME);
    const After = definePage('after', 'these hooks');
    save(Before, After);
    expect(container.textContent).toBe('after 2');
    socket().message('c');
    advance(FRAME);
    expect(container.textContent).toBe('after 3');
    expect(sockets()).toHaveLength(1);
    expect(socketsInUse()).toEqual([socket()]);
  });

  it('starts again after an edit of the hooks, with nothing left of the old socket', () => {
    const Before = definePage('before', 'these hooks');
    const { container } = render(<Before />);
    socket().open();
    socket().message('a');
    advance(FRAME);
    const After = definePage('after', 'other hooks');
    save(Before, After);
    expect(container.textContent).toBe('after 0');
    expect(sockets()).toHaveLength(2);
    expect(socketsInUse()).toEqual([socket()]);
  });

  it.each([
    ['retain()', {}],
    ['linger: Infinity', { linger: Infinity }],
  ])('leaves one socket after five saves of a module whose connection %s keeps open', (way, options) => {
    // What Vite calls `import.meta.hot`: it runs the callback before it runs the module again.
    let dispose: (() => void) | undefined;
    const runModule = () => {
      dispose?.();
      const notices = createConnection(URL_A, options);
      dispose = () => notices.close();
      if (way === 'retain()') notices.retain();
      return notices;
    };
    const { rerender, unmount } = renderHook(({ notices }) => useWebSocket(notices), {
      initialProps: { notices: runModule() },
    });
    for (let saves = 0; saves < 5; saves += 1) {
      socket().open();
      rerender({ notices: runModule() });
      advance(0);
    }
    expect(sockets()).toHaveLength(6);
    expect(socketsInUse()).toEqual([socket()]);
    unmount();
    dispose?.();
  });
});
