// The types of messages come from the contract, and from nothing else; never run.
import {
  binary,
  createConnection,
  json,
  text,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  useWebSocketContext,
  WebSocketProvider,
} from 'react-websocket-hooks';
import type {
  Connection,
  MessageContract,
  MessageData,
  StandardSchema,
  WebSocketHandle,
} from 'react-websocket-hooks';
import { expectSameType } from './sameType.js';

interface Quote {
  symbol: string;
  price: number;
}
interface Order {
  buy: number;
  note?: string | undefined;
}
type Request = { type: 'watch'; symbol: string } | { type: 'order'; amount: number };

declare const QuoteSchema: StandardSchema<Quote>;
declare const OrderSchema: StandardSchema<Order>;
declare const RequestSchema: StandardSchema<Request>;

const url = 'wss://example.com/quotes';

export function FromSchemas() {
  const socket = useWebSocket(url, {
    contract: json({ receive: QuoteSchema, send: OrderSchema }),
    onMessage: (quote) => expectSameType<typeof quote, Quote>(),
    onDrop: ({ message }) => expectSameType<typeof message, Order>(),
    topics: { of: ({ symbol }) => symbol, subscribe: (topic) => ({ buy: Number(topic) }) },
    heartbeat: { message: { buy: 0 }, isReply: ({ price }) => price === 0 },
  });
  expectSameType<typeof socket, WebSocketHandle<Quote, Order>>();
  socket.send({ buy: 1, note: 'today' });
  // @ts-expect-error a quote is what comes in
  socket.send({ symbol: 'ACME', price: 1 });

  const price = useLatestMessage(socket, (quote) => quote.price);
  expectSameType<typeof price, number | undefined>();
  const sum = useMessageReducer(socket, (total: number, quote) => total + quote.price, 0);
  expectSameType<typeof sum, number>();
}

export function Stated() {
  const connection = createConnection(url, { contract: json<Quote, Order>() });
  expectSameType<typeof connection, Connection<Quote, Order>>();
  // @ts-expect-error an order is an object
  connection.send(42);

  const socket = useWebSocket(Math.random() > 0.5 ? connection : null, {
    onMessage: (quote) => expectSameType<typeof quote, Quote>(),
  });
  expectSameType<typeof socket, WebSocketHandle<Quote, Order>>();
  useWebSocket<Quote>(url, { contract: json() });

  const inTree = useWebSocketContext<Quote, Order>();
  expectSameType<typeof inTree, WebSocketHandle<Quote, Order>>();
  return <WebSocketProvider url={connection} onMessage={({ price }) => price.toFixed(2)} />;
}

export function Literals() {
  const requests = createConnection(url, {
    contract: json({ send: RequestSchema }),
    // TypeScript 5.0 alone needs `as const`.
    topics: { of: () => undefined, subscribe: (symbol) => ({ type: 'watch' as const, symbol }) },
    heartbeat: { message: { type: 'order', amount: 0 } },
  });
  expectSameType<Parameters<typeof requests.send>[0], Request>();
  createConnection(url, {
    contract: json<string, [verb: string, topics: string[]]>(),
    heartbeat: { message: ['ping', []] },
  });
  const contract = json<string, Request>();
  // @ts-expect-error no such request
  createConnection(url, { contract, heartbeat: { message: { type: 'buy' } } });
}

export function FrameKinds() {
  createConnection(url, { contract: text() }).send('text');
  createConnection(url, { contract: binary() }).send(new Uint8Array(1));
  // @ts-expect-error text was agreed
  createConnection(url, { contract: text() }).send(new Uint8Array(1));
  // @ts-expect-error binary was agreed
  createConnection(url, { contract: binary() }).send('text');
}

export const byHand: MessageContract<Quote, MessageData> = {
  sends: 'any',
  accepts: 'text',
  encode: (message) => message,
  decode: (data) => JSON.parse(String(data)) as Quote,
};
