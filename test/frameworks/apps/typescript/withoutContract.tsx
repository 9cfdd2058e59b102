// Without a contract the messages are raw, so no other type can be claimed for them; never run.
import { createConnection, json, text, useWebSocket, WebSocketProvider } from 'react-websocket-hooks';

interface Quote {
  symbol: string;
  price: number;
}

const url = 'wss://example.com/quotes';

export function Hook() {
  // @ts-expect-error strings would arrive
  useWebSocket<Quote>(url);
  // @ts-expect-error neither end is raw
  useWebSocket<Quote, Quote>(url);
  // @ts-expect-error options alone do not help
  useWebSocket<Quote>(url, { enabled: true });
  // @ts-expect-error nor does a contract that is missing
  useWebSocket<Quote>(url, { contract: undefined });
  // @ts-expect-error nor a function as URL
  useWebSocket<Quote>(() => url);
  // @ts-expect-error the type of a callback claims as much
  useWebSocket(url, { onMessage: (quote: Quote) => quote.price });
  // @ts-expect-error binary frames may arrive too
  useWebSocket<string>(url);
  useWebSocket<string, string>(url, { contract: text() });
}

export function ConnectionOfTheApplication() {
  // @ts-expect-error strings would arrive
  createConnection<Quote>(url);
  // @ts-expect-error strings would arrive
  createConnection(url, { onMessage: (quote: Quote) => quote.price });
  createConnection(url, { contract: json<Quote>(), onMessage: (quote: Quote) => quote.price });
}

export function Provider() {
  return [
    // @ts-expect-error strings would arrive
    <WebSocketProvider key="raw" url={url} onMessage={(quote: Quote) => quote.price} />,
    <WebSocketProvider
      key="contract"
      url={url}
      contract={json<Quote>()}
      onMessage={(quote: Quote) => quote.price}
    />,
  ];
}
