/** Sequences that random play has found, each as short as possible. */
import { act, render, renderHook } from '@testing-library/react';
import { type ReactElement, useLayoutEffect } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection, DroppedMessage, WebSocketOptions } from '../../src/index.js';
import { createConnection, useWebSocket } from '../../src/index.js';
import { advance, sockets, socket, URL_A, URL_B, withFakes } from '../support/reactFakes.js';

withFakes();

let releases: (() => void)[] = [];
afterEach(() => {
  for (const release of releases) release();
  releases = [];
  Reflect.deleteProperty(navigator, 'onLine');
  advance(0);
});

/** Uses a connection until the test ends. */
const use = (connection: Pick<Connection, 'retain'>): void => void releases.push(connection.retain());

/** One component; other props take their place beside the first ones. */
function mount(options: WebSocketOptions & { readonly url?: string | null }) {
  const view = renderHook(({ url = URL_A, ...rest }: typeof options) => useWebSocket(url, rest), {
    initialProps: options,
  });
  return { ...view, change: (more: typeof options) => view.rerender({ ...options, ...more }) };
}

describe('reconnect()', () => {
  it('dials once for two calls in a tick, also when that dial fails in the same tick', () => {
    let dials = 0;
    const url = (): string => {
      dials += 1;
      if (dials > 1) throw new Error('no token');
      return URL_A;
    };
    const connection = createConnection(url);
    use(connection);
    socket().open();
    connection.reconnect();
    connection.reconnect();
    expect(dials).toBe(2);
  });

  it('starts no timer while nothing uses the connection', () => {
    const connection = createConnection(URL_A);
    for (let call = 0; call < 3; call += 1) connection.reconnect();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not replace a socket that opened while the call was delayed', () => {
    const connection = createConnection(URL_A, { reconnect: { minDelay: 100, maxDelay: 100 } });
    use(connection);
    for (let call = 0; call < 3; call += 1) {
      socket().end(1006);
      connection.reconnect(); // the third one has to wait for 250 ms
      advance(1);
    }
    advance(100);
    socket().open();
    const { length } = sockets();
    advance(1_000);
    expect(sockets()).toHaveLength(length);
    expect(connection.getState().status).toBe('open');
  });

  it('reports its close before it reports a failure of the dial that follows', () => {
    let isBroken = false;
    const reported: string[] = [];
    const url = (): string => {
      if (isBroken) throw new Error('no token');
      return URL_A;
    };
    const connection = createConnection(url, {
      onClose: ({ code, local }) => reported.push(`${code}${local ? ' local' : ''}`),
      onError: ({ message }) => reported.push(message),
    });
    use(connection);
    socket().open();
    isBroken = true;
    connection.reconnect();
    expect(reported).toEqual(['1000 local', 'no token', '1006']);
  });
});

describe('a delay', () => {
  it('ends on time although the machine slept during it', () => {
    const connection = createConnection(URL_A, {
      reconnect: { minDelay: 5_000, maxDelay: 5_000 },
      random: () => 0.9,
    });
    use(connection);
    socket().open();
    socket().end(1006);
    vi.setSystemTime(Date.now() + 4_500); // timers stand still
    act(() => void window.dispatchEvent(new Event('online')));
    advance(499);
    expect(sockets()).toHaveLength(1);
    advance(1);
    expect(sockets()).toHaveLength(2);
  });
});

describe('a page that has slept', () => {
  it('wakes a connection once, and a dial that fails then is followed by an ordinary delay', () => {
    let isBroken = false;
    const url = (): string => {
      if (isBroken) throw new Error('no token');
      return URL_A;
    };
    const connection = createConnection(url, { random: () => 0 });
    use(connection);
    socket().refuse();
    isBroken = true;
    vi.setSystemTime(Date.now() + 400_000);
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(connection.getState()).toMatchObject({ attempt: 2, retryAt: Date.now() + 4_000 });
  });
});

describe('attempts', () => {
  it('before a stable connection are not counted when a message breaks the contract', () => {
    const connection = createConnection(URL_A, { maxMessageSize: 3, onViolation: 'fail' });
    use(connection);
    socket().refuse();
    advance(5_000);
    socket().open();
    advance(5_000); // stable: `attempt` starts again from 0
    socket().message('too long');
    expect(connection.getState()).toMatchObject({ status: 'failed', attempt: 0 });
  });
});

describe('heartbeat', () => {
  it('probes again after an interval of silence, when the last answer came before the timeout', () => {
    const connection = createConnection(URL_A, {
      heartbeat: { message: 'ping', interval: 1_000, timeout: 5_000 },
    });
    use(connection);
    socket().open();
    advance(1_000);
    socket().message('pong');
    advance(1_000);
    expect(socket().sent).toEqual(['ping', 'ping']);
  });
});

describe('a connection that lingers', () => {
  const given: DroppedMessage[] = [];
  const onDrop = (dropped: DroppedMessage): void => void given.push(dropped);

  it('passes the messages it drops to onDrop, although the last component has unmounted', () => {
    given.length = 0;
    const { result, unmount } = mount({ linger: 9_000, sendQueue: { maxAge: 700 }, onDrop });
    expect(result.current.send('m')).toBe('queued');
    unmount();
    advance(9_000);
    expect(given.map(({ message }) => message)).toEqual(['m']);
  });

  it('passes the messages to onDrop when the server rejects the client, although the last component has unmounted', () => {
    given.length = 0;
    const { result, unmount } = mount({ linger: 9_000, onDrop });
    expect(result.current.send('m')).toBe('queued');
    unmount();
    socket().end(1003);
    advance(9_000);
    expect(given.map(({ message }) => message)).toEqual(['m']);
  });

  it('drops everything with the reason unmounted once the component has unmounted', () => {
    given.length = 0;
    const { result, unmount } = mount({ linger: 9_000, onDrop });
    result.current.send('m');
    unmount();
    socket().end(1003);
    expect(given).toEqual([{ message: 'm', reason: 'unmounted' }]);
    advance(9_000);
  });

  it('drops its queue with the reason unmounted, and not replaced, when its component has no URL any more', () => {
    given.length = 0;
    const { result, change } = mount({ onDrop });
    result.current.send('m');
    change({ url: null, onDrop });
    advance(0);
    expect(given).toEqual([{ message: 'm', reason: 'unmounted' }]);
  });

  it('uses the newest options of its component after a change of the URL', () => {
    const { change, unmount } = mount({});
    socket().open();
    change({ linger: 9_000 });
    change({ linger: 9_000, url: URL_B });
    advance(8_000);
    expect(sockets()[0]?.closedWith).toBeNull();
    unmount();
    advance(9_000);
  });
});

describe('options', () => {
  it('that change while the component is disabled apply once it is enabled', () => {
    const { result, change } = mount({ enabled: false, sendQueue: false });
    change({ enabled: false, sendQueue: { maxMessages: 1 } });
    expect(result.current.send('m')).toBe('refused');
    change({ enabled: true, sendQueue: { maxMessages: 1 } });
    expect(result.current.send('m')).toBe('queued');
  });

  it('that switch pageAware off do not leave a connection waiting for the network', () => {
    const { result, change } = mount({ reconnect: { minDelay: 1_000, maxDelay: 1_000 } });
    socket().open();
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
    socket().end(1012);
    expect(result.current.waitingFor).toBe('network');
    change({ pageAware: false });
    Object.defineProperty(navigator, 'onLine', { configurable: true, value: true });
    act(() => void window.dispatchEvent(new Event('online')));
    advance(10_000);
    expect(result.current.waitingFor).toBe('handshake');
  });
});

describe('a disabled component', () => {
  it.each([true, false])('refuses messages from its first commit on, with share: %s', (share) => {
    const { result } = mount({ enabled: false, share });
    expect(result.current.send('m')).toBe('refused');
  });

  it('gets back what was sent before it committed', () => {
    const drops: DroppedMessage[] = [];
    function Child({ send }: { readonly send: (message: string) => void }): null {
      useLayoutEffect(() => {
        send('m');
      }, [send]);
      return null;
    }
    function Parent(): ReactElement {
      const { send } = useWebSocket(URL_A, { enabled: false, onDrop: (dropped) => drops.push(dropped) });
      return <Child send={send} />;
    }
    render(<Parent />);
    expect(drops).toEqual([{ message: 'm', reason: 'unmounted' }]);
  });
});

describe('share', () => {
  it('does not warn about a conflict with former options of the first component', () => {
    const first = mount({ share: true, maxMessageSize: 10 });
    first.change({ share: true, maxMessageSize: 20 });
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...args) => warnings.push(args);
    mount({ share: true, maxMessageSize: 20 });
    console.warn = warn;
    expect(warnings).toEqual([]);
  });
});
