import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection } from '../../src/core/index.js';
import { createTestServer, type TestServerOptions } from '../../src/testing/index.js';

const URL_A = 'wss://example.com/quotes';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount(), 'a test server needs no timer').toBe(0);
  vi.useRealTimers();
});

/** Runs pending microtasks. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

/** Dials with a plain WebSocket and records its events. */
function dial(options: TestServerOptions = {}, protocols: string | string[] = []) {
  const server = createTestServer(options);
  const client = new server.WebSocket(URL_A, protocols);
  const heard: string[] = [];
  const data: unknown[] = [];
  client.binaryType = 'arraybuffer';
  client.onopen = () => heard.push('open');
  client.onerror = () => heard.push('error');
  client.onmessage = (event: MessageEvent) => data.push(event.data);
  client.onclose = ({ code, reason, wasClean }) =>
    heard.push(`close ${code}${reason && ` ${reason}`}${wasClean ? ' clean' : ''}`);
  return { server, client, heard, data, socket: server.socket };
}

describe('a socket of a test server', () => {
  it('stays connecting until the test accepts or refuses it', async () => {
    const { client, socket, heard } = dial();
    await settle();
    expect([client.readyState, socket.state, heard]).toEqual([0, 'connecting', []]);
    expect(socket).toMatchObject({ url: URL_A, protocols: [], received: [], closedWith: null });
  });

  it('opens with a subprotocol that the client offered', () => {
    const { client, socket, heard } = dial({}, ['v2', 'v1']);
    expect(() => socket.accept('v3')).toThrow(/v3.*v2, v1/);
    socket.accept('v1');
    expect([client.readyState, client.protocol, socket.state, heard]).toEqual([1, 'v1', 'open', ['open']]);
  });

  it('fires error and then close with 1006 when it is refused', () => {
    const { client, socket, heard } = dial();
    socket.refuse();
    expect([client.readyState, socket.state]).toEqual([3, 'closed']);
    expect(heard).toEqual(['error', 'close 1006']);
  });

  it.each<[string, (socket: ReturnType<typeof dial>['socket']) => void, string]>([
    ['a code and a reason', (socket) => socket.close(1012, 'deploy'), 'close 1012 deploy clean'],
    ['a code that no page may send', (socket) => socket.close(1003), 'close 1003 clean'],
    ['no code', (socket) => socket.close(), 'close 1005 clean'],
    ['no close frame', (socket) => socket.drop(), 'close 1006'],
  ])('closes with %s and fires no error event', (_, close, told) => {
    const { socket, heard } = dial();
    socket.accept();
    close(socket);
    expect(heard).toEqual(['open', told]);
  });

  it('delivers text frames, and binary frames as binaryType says', () => {
    const { client, socket, data } = dial();
    socket.accept();
    socket.send('a', new Uint8Array([1, 2, 3]).subarray(1), new Uint8Array([4]).buffer);
    expect(data).toEqual(['a', new Uint8Array([2, 3]).buffer, new Uint8Array([4]).buffer]);
    expect(() => socket.send(new Blob(['x']))).toThrow(TypeError);
    client.binaryType = 'blob';
    socket.send(new Blob(['x']), new ArrayBuffer(2));
    expect(data.slice(3)).toMatchObject([{ size: 1 }, { size: 2 }]);
  });

  it('receives a copy of the bytes at the time of send()', () => {
    const { client, socket } = dial();
    expect(() => client.send('early')).toThrow(expect.objectContaining({ name: 'InvalidStateError' }));
    socket.accept();
    const bytes = new Uint8Array([1, 2]);
    client.send('a');
    client.send(bytes);
    bytes.fill(9);
    expect(socket.received).toEqual(['a', new Uint8Array([1, 2]).buffer]);
    socket.close(1000);
    client.send('late');
    expect(socket.received).toHaveLength(2);
  });

  it('answers a close by the client in a microtask', async () => {
    const { client, socket, heard, data } = dial();
    socket.accept();
    client.close(4000, 'bye');
    expect([socket.state, socket.closedWith]).toEqual(['closing', { code: 4000, reason: 'bye' }]);
    socket.send('in vain');
    await settle();
    expect(heard).toEqual(['open', 'close 4000 bye clean']);
    expect([data, socket.state]).toEqual([[], 'closed']);
  });

  it('fires error and then close with 1006 when the client closes it while connecting', async () => {
    const { client, socket, heard } = dial();
    client.close();
    socket.accept();
    await settle();
    expect(heard).toEqual(['error', 'close 1006']);
  });

  it('dispatches events to listeners added with addEventListener', () => {
    const { client, socket } = dial();
    const listener = vi.fn();
    client.addEventListener('open', listener);
    socket.accept();
    expect(listener).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ type: 'open', target: client }),
    );
  });

  it('is the target of its events for handlers and listeners', () => {
    const { client, socket } = dial();
    const targets: unknown[] = [];
    client.onmessage = ({ target }) => targets.push(target);
    client.addEventListener('message', ({ target }) => targets.push(target));
    socket.accept();
    socket.send('x');
    expect(targets).toEqual([client, client]);
  });

  it('throws the same errors as a WebSocket of a browser', () => {
    const { server, client } = dial();
    const { WebSocket } = server;
    for (const url of ['wss://', 'ftp://example.com', 'wss://example.com/#x'])
      expect(() => new WebSocket(url), url).toThrow(expect.objectContaining({ name: 'SyntaxError' }));
    for (const protocols of ['a b', '', ['a', 'a']])
      expect(() => new WebSocket(URL_A, protocols)).toThrow(expect.objectContaining({ name: 'SyntaxError' }));
    for (const code of [0, 1001, 1003, 2999, 5000])
      expect(() => client.close(code)).toThrow(expect.objectContaining({ name: 'InvalidAccessError' }));
    expect(() => client.close(1000, '€'.repeat(42))).toThrow(
      expect.objectContaining({ name: 'SyntaxError' }),
    );
    expect(server.sockets).toHaveLength(1);
  });

  it('throws an error that names the call and the state for an impossible step', () => {
    const { server, socket } = dial();
    expect(() => socket.send('x')).toThrow('send() needs a socket that is open, and this one is connecting.');
    expect(() => socket.close()).toThrow(/close\(\).*connecting/);
    expect(() => socket.drop()).toThrow(/drop\(\).*connecting/);
    socket.accept();
    expect(() => socket.accept()).toThrow(/accept\(\).*open/);
    expect(() => socket.refuse()).toThrow(/refuse\(\).*open/);
    expect(() => createTestServer().socket).toThrow(/The test server has no socket/);
    expect(server.socket).toBe(socket);
  });
});

describe('a test server', () => {
  it('calls onDial for every dial and onMessage for every frame', async () => {
    const { client, data } = dial({
      onDial: (socket) => socket.accept(),
      onMessage: (frame, socket) => socket.send(`echo ${frame as string}`),
    });
    expect(client.readyState).toBe(0);
    await settle();
    client.send('a');
    expect(data).toEqual([]);
    await settle();
    expect(data).toEqual(['echo a']);
  });

  it('does not call onDial for a dial that the client closed before', async () => {
    const onDial = vi.fn();
    const { client } = dial({ onDial });
    client.close();
    await settle();
    expect(onDial).not.toHaveBeenCalled();
  });

  it('broadcasts to every open socket', () => {
    const { server, socket, data } = dial();
    socket.accept();
    new server.WebSocket(URL_A);
    server.broadcast('all');
    expect(data).toEqual(['all']);
  });

  it('stops, refuses dials and starts again', async () => {
    const server = createTestServer({ onDial: (socket) => socket.accept() });
    const connection = createConnection(URL_A, { WebSocket: server.WebSocket, random: () => 0 });
    const release = connection.retain();
    await settle();
    expect(connection.getState().status).toBe('open');
    server.stop(1012, 'deploy');
    expect(connection.getState()).toMatchObject({
      status: 'reconnecting',
      cause: { code: 1012, reason: 'deploy' },
    });
    vi.advanceTimersByTime(1_000);
    await settle();
    expect(connection.getState()).toMatchObject({
      attempt: 2,
      cause: { code: 1012 },
      lastClose: { code: 1006 },
    });
    server.start();
    vi.advanceTimersByTime(4_000);
    await settle();
    expect(connection.getState().status).toBe('open');
    expect(server.sockets.map(({ state }) => state)).toEqual(['closed', 'closed', 'open']);
    release();
    vi.advanceTimersByTime(0);
    await settle();
    expect(server.socket.closedWith).toEqual({ code: 1000, reason: '' });
  });

  it('closes all sockets abnormally (1006) when it stops without a code, including connecting ones', () => {
    const { server, socket, heard } = dial();
    socket.accept();
    const client = new server.WebSocket(URL_A);
    server.stop();
    expect(heard).toEqual(['open', 'close 1006']);
    expect(client.readyState).toBe(3);
  });

  it('replaces the global WebSocket and restores it', () => {
    const { WebSocket: original } = globalThis;
    const server = createTestServer();
    const restore = server.install();
    expect(new WebSocket(URL_A).url).toBe(URL_A);
    expect(server.sockets).toHaveLength(1);
    expect([WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED]).toEqual([0, 1, 2, 3]);
    restore();
    expect(globalThis.WebSocket).toBe(original);
  });
});

describe('a test server that is reset', () => {
  it('breaks and forgets its sockets and accepts new dials', async () => {
    const { server, client, heard } = dial({ onDial: (socket) => socket.accept() });
    await settle();
    server.stop(1012);
    server.reset();
    expect(server.sockets).toEqual([]);
    expect(() => server.socket).toThrow('The test server has no socket yet.');

    const next = new server.WebSocket(URL_A);
    await settle();
    expect([client.readyState, next.readyState, heard]).toEqual([3, 1, ['open', 'close 1012 clean']]);
    server.reset();
    expect(next.readyState).toBe(3);
  });

  it('refuses a dial that is still connecting', async () => {
    const { server, client, heard } = dial();
    server.reset();
    await settle();
    expect([client.readyState, heard]).toEqual([3, ['error', 'close 1006']]);
  });
});

describe('a dial that throws in the constructor', () => {
  it('is named as the reason why the server has no socket', () => {
    const server = createTestServer();
    expect(() => new server.WebSocket('mailto:someone')).toThrow(/mailto:someone/);
    expect(() => server.socket).toThrow(/The test server has no socket.*mailto:someone/);
    server.reset();
    expect(() => server.socket).toThrow('The test server has no socket yet.');
  });
});

describe('an environment that differs from browsers', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('does not need URL.canParse or TextEncoder', () => {
    vi.stubGlobal(
      'URL',
      class extends URL {
        static override canParse = undefined as never;
      },
    );
    vi.stubGlobal('TextEncoder', undefined);
    const { client, socket } = dial();
    socket.accept();
    expect(() => client.close(1000, 'é'.repeat(62))).toThrow(/123 bytes/);
    client.close(1000, `${'é'.repeat(61)}!`);
    expect(socket.closedWith?.code).toBe(1000);
  });

  it('gets each handler called once, even if EventTarget calls handlers that are own properties', () => {
    class EagerTarget extends EventTarget {
      override dispatchEvent(event: Event): boolean {
        const result = super.dispatchEvent(event);
        const handler: unknown = Object.getOwnPropertyDescriptor(this, `on${event.type}`)?.value;
        if (typeof handler === 'function') handler.call(this, event);
        return result;
      }
    }
    vi.stubGlobal('EventTarget', EagerTarget);
    const { socket, heard } = dial();
    socket.accept();
    expect(heard).toEqual(['open']);
  });
});
