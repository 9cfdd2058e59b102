/** Everything of the library that a component can use, in one tree. */
import type { ReactElement } from 'react';
import {
  type Connection,
  json,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  useWebSocketContext,
  type WebSocketConstructor,
  WebSocketProvider,
} from '../../src/index.js';

export interface Quote {
  readonly symbol: string;
  readonly price: number;
}

export type Quotes = Connection<Quote, string>;

export interface Use {
  /** Less than {@link WAYS}. */
  readonly way: number;
  readonly url: string;
  readonly WebSocket: WebSocketConstructor;
  /** The application's own, which stays. */
  readonly quotes: Quotes;
  /** Is told of every connection. */
  readonly onConnection: (connection: object) => void;
}

export const topics = {
  of: ({ symbol }: Quote) => symbol,
  subscribe: (symbol: string) => `+${symbol}`,
  unsubscribe: (symbol: string) => `-${symbol}`,
};
export const contract = json<Quote, string>();

const addUp = (sum: number, { price }: Quote): number => sum + price;

/** How many ways there are to come by a connection. */
export const WAYS = 4;
/** The way of those that share one. */
export const SHARED = 1;

/** One way to come by a connection: one's own, a shared one, the application's, that of a provider. */
export function App({ url, WebSocket, quotes, onConnection, way }: Use): ReactElement {
  switch (way) {
    case 0:
      return <Own {...{ url, WebSocket, onConnection }} />;
    case SHARED:
      return (
        <>
          <Shared {...{ url, WebSocket, onConnection }} />
          <Shared {...{ url, WebSocket, onConnection }} />
        </>
      );
    case 2:
      return <Reader quotes={quotes} symbol={url} />;
    default:
      return (
        <WebSocketProvider url={url} {...{ WebSocket, contract, topics }}>
          <Nested onConnection={onConnection} />
        </WebSocketProvider>
      );
  }
}

type Props = Omit<Use, 'quotes' | 'way'>;

function Own({ url, WebSocket, onConnection }: Props): ReactElement {
  const { status, connection } = useWebSocket(url, {
    WebSocket,
    heartbeat: { message: 'ping' },
    onMessage: () => undefined,
    onClose: () => undefined,
  });
  if (connection) onConnection(connection);
  return <i>{status}</i>;
}

function Shared({ url, WebSocket, onConnection }: Props): ReactElement {
  const { status, connection } = useWebSocket(url, { WebSocket, share: true });
  if (connection) onConnection(connection);
  return <i>{status}</i>;
}

function Reader({ quotes, symbol }: { readonly quotes: Quotes; readonly symbol: string }): ReactElement {
  const { status } = useWebSocket(quotes, { onMessage: () => undefined });
  const price = useLatestMessage(quotes, (quote: Quote) => quote.price);
  const sum = useMessageReducer(quotes, addUp, 0, { topic: symbol });
  return (
    <i>
      {status} {price} {sum}
    </i>
  );
}

function Nested({ onConnection }: Pick<Props, 'onConnection'>): ReactElement {
  const socket = useWebSocketContext<Quote, string>({ onMessage: () => undefined });
  const latest = useLatestMessage(socket);
  const sum = useMessageReducer(socket, addUp, 0, { pace: 'immediate' });
  if (socket.connection) onConnection(socket.connection);
  return (
    <i>
      {latest?.symbol} {sum}
    </i>
  );
}
