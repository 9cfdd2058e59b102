import { act, render, renderHook } from '@testing-library/react';
import { type ReactNode } from 'react';
import { describe, expect, it } from 'vitest';

import {
  createConnection,
  useMessageReducer,
  useWebSocket,
  useWebSocketContext,
  type WebSocketContextOptions,
  type WebSocketHandle,
  WebSocketProvider,
  type WebSocketProviderProps,
} from '../../src/index.js';
import {
  advance,
  Boundary,
  FRAME,
  socket,
  sockets,
  socketsInUse,
  URL_A,
  URL_B,
  withFakes,
  expectErrors,
} from '../support/reactFakes.js';

withFakes();

/** Renders a provider and returns the handle that a component below it gets. */
function renderProvider(props: WebSocketProviderProps, options?: WebSocketContextOptions) {
  const seen: { handle?: WebSocketHandle; renders: number } = { renders: 0 };
  function Child() {
    seen.handle = useWebSocketContext(options);
    seen.renders += 1;
    return null;
  }
  const child = <Child />;
  const page = (given: WebSocketProviderProps) => <WebSocketProvider {...given}>{child}</WebSocketProvider>;
  const { rerender, unmount } = render(page(props));
  return {
    handle: () => seen.handle!,
    renders: () => seen.renders,
    update: (next: WebSocketProviderProps) => rerender(page(next)),
    unmount,
  };
}

describe('WebSocketProvider', () => {
  it('gives a tree one connection, however many components use it', () => {
    const Child = () => <i>{useWebSocketContext().status}</i>;
    const { container } = render(
      <WebSocketProvider url={URL_A}>
        <Child />
        <div>
          <Child />
        </div>
      </WebSocketProvider>,
    );
    expect(sockets()).toHaveLength(1);
    socket().open();
    expect(container.textContent).toBe('openopen');
  });

  it('dials even when no component below uses it', () => {
    render(<WebSocketProvider url={URL_A} />);
    expect(sockets()).toHaveLength(1);
  });

  it('accepts the policy as props, and changes of it without a new dial', () => {
    const { handle, update } = renderProvider({ url: URL_A, reconnect: { minDelay: 10, maxDelay: 10 } });
    socket().open();
    update({ url: URL_A, reconnect: { minDelay: 20, maxDelay: 20 } });
    expect(sockets()).toHaveLength(1);
    socket().end(1012);
    expect(handle()).toMatchObject({ status: 'reconnecting', retryAt: Date.now() + 20 });
  });

  it('renders its consumers when the state changes, and not for its own renders or messages', () => {
    const { renders, update } = renderProvider({ url: URL_A });
    socket().open();
    const before = renders();
    update({ url: URL_A, reconnect: { maxDelay: 7_000 }, onMessage: () => undefined });
    socket().message('a', 'b');
    advance(FRAME);
    expect(renders()).toBe(before);
    socket().end(1012);
    expect(renders()).toBe(before + 1);
  });

  it('replaces the connection of all its consumers when the URL changes', () => {
    const { handle, update } = renderProvider({ url: URL_A });
    socket().open();
    update({ url: URL_B });
    expect(handle()).toMatchObject({ status: 'connecting', lastClose: null });
    advance(0);
    expect(socketsInUse().map(({ url }) => url)).toEqual([URL_B]);
  });

  it('passes on a connection of the application', () => {
    const connection = createConnection(URL_A);
    const { handle, unmount } = renderProvider({ url: connection });
    expect(handle().connection).toBe(connection);
    socket().open();
    unmount();
    advance(0);
    expect(connection.getState().status).toBe('idle');
  });

  it('is idle with url null and dials once there is a URL', () => {
    const { handle, update } = renderProvider({ url: null });
    expect(handle()).toMatchObject({ status: 'idle', connection: null });
    expect(handle().send('x')).toBe('refused');
    update({ url: URL_A });
    expect(handle().status).toBe('connecting');
    update({ url: null });
    advance(0);
    expect(handle()).toMatchObject({ status: 'idle', connection: null });
    expect(socketsInUse()).toEqual([]);
  });

  it('is idle for all its consumers with enabled: false', () => {
    const { handle, update } = renderProvider({ url: URL_A, enabled: false });
    advance(60_000);
    expect(handle().status).toBe('idle');
    expect(sockets()).toEqual([]);
    update({ url: URL_A, enabled: true });
    socket().open();
    expect(handle().status).toBe('open');
    update({ url: URL_A, enabled: false });
    advance(0);
    expect(handle().status).toBe('idle');
    expect(socketsInUse()).toEqual([]);
  });

  it('calls its own callbacks', () => {
    const told: unknown[] = [];
    renderProvider({ url: URL_A, onMessage: (message) => told.push(message) });
    socket().open();
    socket().message('a');
    expect(told).toEqual(['a']);
  });

  it('can be nested: the nearest provider applies', () => {
    const Child = () => <i>{useWebSocketContext().status}</i>;
    const { container } = render(
      <WebSocketProvider url={URL_A}>
        <Child />
        <WebSocketProvider url={null}>
          <Child />
        </WebSocketProvider>
      </WebSocketProvider>,
    );
    expect(container.textContent).toBe('connectingidle');
  });
});

describe('useWebSocketContext', () => {
  it('throws an error that names the missing provider', () => {
    expectErrors();
    expect(() => renderHook(() => useWebSocketContext())).toThrow(/useWebSocketContext.*WebSocketProvider/);
  });

  it('accepts callbacks and calls the newest ones', () => {
    const told: string[] = [];
    const wrapper = ({ children }: { children?: ReactNode }) => (
      <WebSocketProvider url={URL_A}>{children}</WebSocketProvider>
    );
    const { rerender } = renderHook(
      ({ name }) =>
        useWebSocketContext({ onMessage: (message) => told.push(`${name} ${message as string}`) }),
      { initialProps: { name: 'old' }, wrapper },
    );
    socket().open();
    rerender({ name: 'new' });
    socket().message('x');
    expect(told).toEqual(['new x']);
  });

  it('shows idle with enabled: false, while the provider keeps its connection', () => {
    const { handle } = renderProvider({ url: URL_A }, { enabled: false });
    socket().open();
    expect(handle().status).toBe('idle');
    expect(socket().isInUse).toBe(true);
  });

  it('throws to the boundary below the provider with throwOnError, and the provider stays mounted', () => {
    expectErrors();
    const Child = () => <i>{useWebSocketContext({ throwOnError: true }).status}</i>;
    const connection = createConnection(URL_A);
    const { container } = render(
      <WebSocketProvider url={connection}>
        <Boundary>
          <Child />
        </Boundary>
      </WebSocketProvider>,
    );
    socket().open();
    socket().end(1003, 'text only');
    expect(container.textContent).toContain('text only');
    act(() => connection.reconnect());
    act(() => container.querySelector('button')?.click());
    expect(container.textContent).toBe('connecting');
  });

  it('returns a handle that the message hooks accept', () => {
    const wrapper = ({ children }: { children?: ReactNode }) => (
      <WebSocketProvider url={URL_A}>{children}</WebSocketProvider>
    );
    const { result } = renderHook(
      () => useMessageReducer(useWebSocketContext<string>(), (all, message) => all + message, ''),
      { wrapper },
    );
    socket().open();
    socket().message('a', 'b');
    advance(FRAME);
    expect(result.current).toBe('ab');
  });

  it('can share the connection with useWebSocket', () => {
    const Child = () => {
      const { connection } = useWebSocketContext();
      return <i>{useWebSocket(connection).status}</i>;
    };
    const { container } = render(
      <WebSocketProvider url={URL_A}>
        <Child />
      </WebSocketProvider>,
    );
    socket().open();
    expect(container.textContent).toBe('open');
    expect(sockets()).toHaveLength(1);
  });
});
