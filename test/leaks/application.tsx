/** An application that uses every hook and the provider of the library. */
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

export interface ApplicationProps {
  /** Where the connection comes from: an index below {@link SOURCE_COUNT}. */
  readonly source: number;
  readonly url: string;
  readonly WebSocket: WebSocketConstructor;
  /** A connection that the application created; it outlives the components. */
  readonly quotes: Quotes;
  /** Called with every connection that a hook created. */
  readonly onConnection: (connection: object) => void;
}

export const topics = {
  of: ({ symbol }: Quote) => symbol,
  subscribe: (symbol: string) => `+${symbol}`,
  unsubscribe: (symbol: string) => `-${symbol}`,
};
export const contract = json<Quote, string>();

const addUp = (sum: number, { price }: Quote): number => sum + price;

/** The number of ways to get a connection. */
export const SOURCE_COUNT = 4;
/** The source with two components that share a connection. */
export const SHARED_SOURCE = 1;

/** Uses a connection from one source: its own, a shared one, the one of the application, or that of a provider. */
export function Application({
  url,
  WebSocket,
  quotes,
  onConnection,
  source,
}: ApplicationProps): ReactElement {
  switch (source) {
    case 0:
      return <Own {...{ url, WebSocket, onConnection }} />;
    case SHARED_SOURCE:
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

type Props = Omit<ApplicationProps, 'quotes' | 'source'>;

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
