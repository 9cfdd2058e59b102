// What useWebSocket, the provider and createConnection connect to, and what they refuse.
import { expectTypeOf } from 'vitest';

import {
  type Connection,
  createConnection,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  type WebSocketHandle,
  WebSocketProvider,
} from '../../src/index.js';

declare const user: { readonly id: string; readonly url: string | undefined } | undefined;
declare const isSignedIn: boolean;
declare const fetchTicket: (signal: AbortSignal) => Promise<string>;
declare const connection: Connection<{ readonly price: number }, { readonly buy: number }>;

export function Sources() {
  expectTypeOf(useWebSocket('wss://example.com')).toEqualTypeOf<WebSocketHandle>();
  expectTypeOf(useWebSocket(new URL('wss://example.com'))).toEqualTypeOf<WebSocketHandle>();
  expectTypeOf(useWebSocket(null)).toEqualTypeOf<WebSocketHandle>();
  expectTypeOf(useWebSocket(undefined)).toEqualTypeOf<WebSocketHandle>();
  expectTypeOf(useWebSocket(false)).toEqualTypeOf<WebSocketHandle>();
  expectTypeOf(useWebSocket('')).toEqualTypeOf<WebSocketHandle>();

  // The ways in which an application has no URL yet.
  useWebSocket(user?.url);
  useWebSocket(user && `wss://example.com/${user.id}`);
  useWebSocket(isSignedIn && 'wss://example.com');
  useWebSocket(isSignedIn ? 'wss://example.com' : null);
  useWebSocket(isSignedIn ? connection : null);

  useWebSocket(() => 'wss://example.com');
  useWebSocket(() => new URL('wss://example.com'));
  useWebSocket(async () => new URL('wss://example.com'));
  useWebSocket(async ({ attempt, signal, lastClose }) => {
    expectTypeOf(attempt).toEqualTypeOf<number>();
    expectTypeOf(lastClose?.code).toEqualTypeOf<number | undefined>();
    return `wss://example.com?ticket=${await fetchTicket(signal)}`;
  });

  // @ts-expect-error `true` is no place to connect to
  useWebSocket(true);
  // @ts-expect-error nor is a number
  useWebSocket(8080);
  // @ts-expect-error nor is an object
  useWebSocket({ url: 'wss://example.com' });
  // @ts-expect-error nor a socket: a connection dials its own
  useWebSocket(new WebSocket('wss://example.com'));
  // @ts-expect-error a function answers with a URL, or says with `enabled` that there is none
  useWebSocket(() => null);
  // @ts-expect-error the hook needs a source, even if it is none
  useWebSocket();
}

export function ConnectionAsSource() {
  const socket = useWebSocket(connection, {
    onMessage: (message, event) => {
      expectTypeOf(message).toEqualTypeOf<{ readonly price: number }>();
      expectTypeOf(event).toEqualTypeOf<MessageEvent<string | ArrayBuffer | Blob>>();
    },
    onDrop: ({ message, reason }) => {
      expectTypeOf(message).toEqualTypeOf<{ readonly buy: number }>();
      expectTypeOf(reason).toEqualTypeOf<'expired' | 'closed' | 'failed' | 'unmounted' | 'replaced'>();
    },
  });
  expectTypeOf(socket).toEqualTypeOf<WebSocketHandle<{ readonly price: number }, { readonly buy: number }>>();
  expectTypeOf(socket.send({ buy: 1 })).toEqualTypeOf<'sent' | 'queued' | 'refused'>();
  // @ts-expect-error the connection takes orders only
  socket.send('buy');
}

/** What a panel takes that shows any connection: it can do everything but send. */
declare function StatusPanel(props: { readonly socket: WebSocketHandle<unknown, never> }): null;
declare function inspect(anyConnection: Connection<unknown, never>): void;

export function AnyConnection() {
  inspect(connection);
  inspect(createConnection('wss://example.com'));
  return [
    <StatusPanel key="raw" socket={useWebSocket('wss://example.com')} />,
    <StatusPanel key="typed" socket={useWebSocket(connection)} />,
  ];
}

export function MessageSources() {
  const socket = useWebSocket(connection);
  // A connection, a handle, and one that may be missing its connection are all read alike.
  expectTypeOf(useLatestMessage(connection)).toEqualTypeOf<{ readonly price: number } | undefined>();
  expectTypeOf(useLatestMessage(socket)).toEqualTypeOf<{ readonly price: number } | undefined>();
  expectTypeOf(useMessageReducer(socket, (sum: number, { price }) => sum + price, 0)).toEqualTypeOf<number>();
  expectTypeOf(
    useMessageReducer(
      connection,
      (prices, { price }) => [...prices, price],
      (): readonly number[] => [],
    ),
  ).toEqualTypeOf<readonly number[]>();
  useMessageReducer(socket, (count: number) => count + 1, 0, { topic: 'AAPL', pace: 'immediate' });

  // @ts-expect-error messages come from connections, not from URLs
  useLatestMessage('wss://example.com');
  // @ts-expect-error no such pace
  useMessageReducer(socket, (count: number) => count + 1, 0, { pace: 'slow' });
}

export function RawMessages() {
  const socket = useWebSocket('wss://example.com');
  expectTypeOf(useLatestMessage(socket)).toEqualTypeOf<string | ArrayBuffer | Blob | undefined>();
  socket.send('text');
  socket.send(new ArrayBuffer(1));
  socket.send(new Uint8Array(1));
  socket.send(new Blob());
  // @ts-expect-error without a contract an object has no form on the wire
  socket.send({ price: 1 });
  // @ts-expect-error a socket cannot send what another thread can change
  socket.send(new SharedArrayBuffer(1));
}

export const sources = [
  <WebSocketProvider key="string" url="wss://example.com" />,
  <WebSocketProvider key="function" url={async () => 'wss://example.com'} reconnect={{ maxAttempts: 3 }} />,
  <WebSocketProvider key="connection" url={connection} onMessage={({ price }) => price.toFixed(2)} />,
  <WebSocketProvider key="null" url={null} />,
  // @ts-expect-error the URL of a provider is stated, even if it is null
  <WebSocketProvider key="none" />,
  // @ts-expect-error no such rule
  <WebSocketProvider key="rule" url="wss://example.com" reconnect={{ codes: { 1012: 'retry' } }} />,
];

expectTypeOf(createConnection('wss://example.com')).toEqualTypeOf<Connection>();
// @ts-expect-error a connection has one destination for life: it cannot be missing
createConnection(null);
