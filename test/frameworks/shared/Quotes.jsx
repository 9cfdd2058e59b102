// What the pages of the applications show: one connection of a provider, one of a component's own, and the inspector.
import {
  json,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  useWebSocketContext,
  WebSocketError,
  WebSocketProvider,
} from 'react-websocket-hooks';
import { WebSocketError as SameError } from 'react-websocket-hooks/core';
import { WebSocketInspector } from 'react-websocket-hooks/devtools';

/** The address of the page contains the URL of the test's server. */
const findServer = () => new URLSearchParams(location.search).get('socket');

const options = { contract: json(), reconnect: { minDelay: 10, maxDelay: 100 } };

function Shared() {
  const socket = useWebSocketContext();
  const quote = useLatestMessage(socket);
  return (
    <>
      <p id="shared-status">{socket.status}</p>
      <p id="price">{quote === undefined ? 'none yet' : quote.price}</p>
      <p id="hint">{socket.error?.hint}</p>
      <button onClick={() => socket.send({ watch: 'ACME' })}>Watch</button>
      <WebSocketInspector source={socket} name="quotes" />
    </>
  );
}

function Own() {
  const socket = useWebSocket(findServer, options);
  const count = useMessageReducer(socket, (total) => total + 1, 0);
  return (
    <>
      <p id="own-status">{socket.status}</p>
      <p id="count">{count}</p>
      <p id="class">{WebSocketError === SameError ? 'one class' : 'two classes'}</p>
    </>
  );
}

export function Quotes() {
  return (
    <WebSocketProvider url={findServer} {...options}>
      <Shared />
      <Own />
    </WebSocketProvider>
  );
}
