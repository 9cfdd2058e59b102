import { describe, expect, it, vi } from 'vitest';
import type { WebSocketConstructor } from '../../src/core/index.js';
import {
  type ConnectionHarness,
  connect,
  connectOpen,
  leaveNothingBehind,
  settle,
  takeReported,
} from '../support/connectionHarness.js';
import { createFakeServer, type FakeServer } from '../support/fakeSocket.js';

leaveNothingBehind();

/** Everything that a socket has, and what an object of any class has. */
const members: readonly (string | symbol)[] = [
  ...['readyState', 'protocol', 'binaryType', 'url', 'bufferedAmount', 'extensions'],
  ...['onopen', 'onmessage', 'onclose', 'onerror', 'send', 'close'],
  ...['addEventListener', 'removeEventListener', 'dispatchEvent', 'CONNECTING', 'OPEN', 'CLOSED'],
  ...['constructor', 'then', 'toString', 'toJSON', Symbol.toStringTag, Symbol.toPrimitive, Symbol.iterator],
];

/** What goes wrong with a member. */
const faults = ['reading it throws', 'writing it throws', 'calling it throws'] as const;

/** From when on it goes wrong. */
const beginnings = ['from the start', 'once it is open', 'once it is to be closed'] as const;

/** Sockets of a server, one member of which can be broken. */
function breakMember(server: FakeServer, member: string | symbol, fault: (typeof faults)[number]) {
  const breakage = { isBroken: false };
  const fail = (): never => {
    throw new Error(`${String(member)} of this socket is broken.`);
  };
  const isHit = (key: string | symbol, expected: (typeof faults)[number]): boolean =>
    breakage.isBroken && key === member && fault === expected;
  const WebSocket = function makeSocket(url: string, protocols?: string[]) {
    return new Proxy(new server.WebSocket(url, protocols), {
      get(socket, key) {
        if (isHit(key, 'reading it throws')) fail();
        if (isHit(key, 'calling it throws')) return fail;
        const value = Reflect.get(socket, key) as unknown;
        return typeof value === 'function' ? (value.bind(socket) as unknown) : value;
      },
      set(socket, key, value) {
        if (isHit(key, 'writing it throws')) fail();
        return Reflect.set(socket, key, value);
      },
    });
  } as unknown as WebSocketConstructor;
  return { breakage, WebSocket };
}

/** What happens to a socket whatever is broken: a handler that throws would throw in here. */
async function liveThrough(
  { connection }: ConnectionHarness,
  server: FakeServer,
  breakage: { isBroken: boolean },
  beginning: string,
): Promise<void> {
  if (beginning === 'from the start') breakage.isBroken = true;
  const release = connection.retain();
  await settle();
  if (server.sockets.at(-1)?.isLive) server.socket.accept();
  if (beginning === 'once it is open') breakage.isBroken = true;
  try {
    connection.send('text');
  } catch {
    // `send()` tells its caller what the socket throws.
  }
  if (server.sockets.at(-1)?.isLive) server.socket.message('text');
  await settle();
  if (beginning === 'once it is to be closed') breakage.isBroken = true;
  connection.reconnect();
  await settle();
  vi.advanceTimersByTime(1_000);
  await settle();
  if (server.sockets.at(-1)?.isLive) server.socket.accept().drop();
  connection.close();
  expect(['closed', 'failed']).toContain(connection.getState().status);
  connection.reconnect();
  await settle();
  vi.advanceTimersByTime(1_000);
  await settle();
  release();
  vi.advanceTimersByTime(0);
  await settle();
}

describe.each(members.map((member) => [String(member), member] as const))(
  'a socket whose %s is broken',
  (_, member) => {
    describe.each(faults)('(%s)', (fault) => {
      it.each(beginnings)('%s stops nothing, and the next socket works', async (beginning) => {
        const server = createFakeServer();
        const { breakage, WebSocket } = breakMember(server, member, fault);
        const harness = connect({ WebSocket, unused: true });
        await liveThrough(harness, server, breakage, beginning);
        // A socket that cannot be closed is all that may be left.
        const left = server.sockets.filter(({ isLive }) => isLive);
        if (member === 'close') left.forEach((socket) => socket.drop());
        else expect([left.length, server.mostLive]).toEqual([0, Math.min(1, server.dials)]);
        // Handlers that cannot be removed do nothing.
        const { status } = harness.state;
        for (const socket of server.sockets)
          for (const name of ['open', 'message', 'close', 'error'] as const) socket.fire(name);
        expect(harness.state.status).toBe(status);

        breakage.isBroken = false;
        const release = harness.connection.retain();
        harness.connection.reconnect();
        await settle();
        vi.advanceTimersByTime(1_000);
        server.socket.accept();
        expect(harness.state.status).toBe('open');
        expect(harness.connection.send('last')).toBe('sent');
        expect(server.socket.sent.at(-1)).toBe('last');
        server.socket.message('in');
        expect(harness.messages.at(-1)).toBe('in');
        server.socket.drop();
        expect(harness.state.status).toBe('reconnecting');
        release();
        vi.advanceTimersByTime(0);
        for (const error of takeReported()) expect(String(error)).toContain('of this socket is broken');
      });
    });
  },
);

/** What a socket calls its handler for the close with. */
const closeEvents: readonly (readonly [string, () => unknown])[] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['a text', () => 'closed'],
  ['an object without a prototype', () => Object.create(null) as object],
  ...(['code', 'reason', 'wasClean'] as const).map(
    (name) =>
      [
        `an event whose ${name} throws`,
        () =>
          Object.defineProperty<object>({}, name, {
            get() {
              throw new Error('of this socket is broken');
            },
          }),
      ] as const,
  ),
  ...[
    Symbol('code'),
    10n,
    '1012',
    NaN,
    1012.5,
    -1,
    Infinity,
    {},
    Object.create(null) as object,
    () => 1012,
  ].map((code, index) => [`a code that is none (${index})`, () => ({ code })] as const),
  ['a reason that is no text', () => ({ code: 1012, reason: Symbol('reason'), wasClean: Symbol('clean') })],
];

describe('a socket that reports its end with', () => {
  it.each(closeEvents)('%s has ended, and the next dial follows', (_, create) => {
    const harness = connectOpen();
    harness.socket.readyState = 3;
    (harness.socket.onclose as (event: unknown) => void)(create());
    expect(harness.state).toMatchObject({ status: 'reconnecting', waitingFor: 'delay' });
    expect(harness.closes).toHaveLength(1);
    expect(Number.isInteger(harness.closes[0]!.code)).toBe(true);
    vi.advanceTimersByTime(5_000);
    harness.socket.accept();
    expect(harness.state.status).toBe('open');
    takeReported();
  });
});

describe('a socket that opens twice', () => {
  it('calls onOpen once', () => {
    const harness = connectOpen();
    harness.socket.fire('open');
    expect(harness.opens).toHaveLength(1);
    expect(harness.events.filter(({ type }) => type === 'open')).toHaveLength(1);
  });
});
