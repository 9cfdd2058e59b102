// What an application writes, with every entry; never run.
import {
  createConnection,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  useWebSocketContext,
  WebSocketError,
  WebSocketProvider,
} from 'react-websocket-hooks';
import type { Connection, MessageData, RawMessage, WebSocketHandle } from 'react-websocket-hooks';
import { closeCodes, describeCloseCode } from 'react-websocket-hooks/close-codes';
import * as core from 'react-websocket-hooks/core';
import { WebSocketInspector } from 'react-websocket-hooks/devtools';
import { createTestServer } from 'react-websocket-hooks/testing';
import type { TestServer } from 'react-websocket-hooks/testing';
import { expectSameType } from './sameType.js';

const url = 'wss://example.com/quotes';

export function Raw() {
  const socket = useWebSocket(url, {
    onMessage: (message, event) => {
      expectSameType<typeof message, RawMessage>();
      expectSameType<typeof event, MessageEvent<RawMessage>>();
    },
    reconnect: {
      minDelay: 1_000,
      codes: { 1011: 'stop' },
      decide: ({ close }) => (close.code === 4000 ? 'fail' : 1_000),
    },
    heartbeat: { message: 'ping' },
    topics: { of: (message) => String(message), subscribe: (topic) => `subscribe ${topic}` },
  });
  expectSameType<typeof socket, WebSocketHandle>();
  const { send } = socket;
  send('text');
  send(new ArrayBuffer(1));
  send(new Uint8Array(1));
  send(new DataView(new ArrayBuffer(1)));
  send(new Blob());
  // @ts-expect-error a number is no frame
  send(42);
  // @ts-expect-error an object needs a contract
  send({ price: 1 });
  // @ts-expect-error nothing is no frame
  send(null);

  const latest = useLatestMessage(socket);
  expectSameType<typeof latest, RawMessage | undefined>();
  const count = useMessageReducer(socket, (total: number) => total + 1, 0);
  expectSameType<typeof count, number>();

  if (socket.status === 'failed') return <p>{socket.error.hint}</p>;
  if (socket.status === 'reconnecting') return <p>{socket.cause.name}</p>;
  const result: 'sent' | 'queued' | 'refused' = socket.send('hello');
  return (
    <p>
      {socket.status} {result} {count}
    </p>
  );
}

export function NoUrlYet({ user }: { user: { url: string } | undefined }) {
  useWebSocket(null);
  useWebSocket(user?.url);
  useWebSocket(user && user.url);
  useWebSocket(() => url);
  useWebSocket(async ({ signal }) => String(await fetch('/ticket', { signal })));
  const { connection } = useWebSocketContext();
  return connection === null ? null : <WebSocketInspector source={connection} name="quotes" />;
}

export const app = (
  <WebSocketProvider url={url} reconnect={{ maxDelay: 10_000 }}>
    <Raw />
    <Raw />
  </WebSocketProvider>
);

const server: TestServer = createTestServer({ onDial: (socket) => socket.accept() });
export const connection: Connection = createConnection(url, { WebSocket: server.WebSocket });
export const sent: readonly MessageData[] = server.socket.received;

// One type, by whichever entry.
export const fromCore: Connection = core.createConnection(url);
export const sameClass: typeof core.WebSocketError = WebSocketError;

export const texts: string[] = closeCodes.map((entry) => entry.howToFix);
export const restart: string = describeCloseCode(1012).summary;
