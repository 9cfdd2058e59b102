// The code of README.md, which a unit test compares with this file, so that it compiles.
import {
  createConnection,
  json,
  useLatestMessage,
  useWebSocket,
  WebSocketProvider,
} from '../../src/index.js';

type Quote = { symbol: string; price: number };
const quotes = createConnection('wss://example.com/quotes', {
  contract: json<Quote, { watch: string }>(),
  topics: { of: (quote) => quote.symbol, subscribe: (symbol) => ({ watch: symbol }) },
});

export function Price({ symbol }: { symbol: string }) {
  const socket = useWebSocket(quotes);
  const quote = useLatestMessage(socket, { topic: symbol });

  if (socket.status === 'failed') return <p role="alert">{socket.error.hint}</p>;
  if (socket.status === 'reconnecting') return <p>Back soon: {socket.cause.name}</p>;
  return <output>{quote?.price ?? 'No quote yet'}</output>;
}

function App() {
  return <Price symbol="AAPL" />;
}

export const provided = (
  <WebSocketProvider
    url="wss://example.com/quotes"
    reconnect={{
      minDelay: 2_000, // ms, the window of the first delays …
      maxDelay: 8_000,
      widenTo: 60_000, // … whose upper end doubles during an outage, up to this
      maxAttempts: 20, // then `failed`, with the kind `exhausted`
      codes: {
        1000: {}, // come back after this one, too
        1011: 'stop',
        4001: 'fail',
      },
    }}
  >
    <App />
  </WebSocketProvider>
);
