// A server component. What needs no React is real here, from the main entry too, and not a reference to the client.
import { createConnection, json, WebSocketError } from 'react-websocket-hooks';
import { closeCodes, describeCloseCode } from 'react-websocket-hooks/close-codes';
import * as core from 'react-websocket-hooks/core';
import { ClientQuotes } from './ClientQuotes.jsx';

export default function Page() {
  const connection = createConnection('wss://example.com', { contract: json() });
  let error = null;
  try {
    connection.send(undefined);
  } catch (thrown) {
    error = thrown;
  }
  return (
    <main>
      <p id="server-status">{connection.getState().status}</p>
      <p id="server-error">{error instanceof WebSocketError ? error.kind : 'another class'}</p>
      <p id="server-class">{WebSocketError === core.WebSocketError ? 'one class' : 'two classes'}</p>
      <p id="server-restart">{describeCloseCode(1012).name}</p>
      <p id="server-codes">{closeCodes.some(({ code }) => code === 1003) ? 'known' : 'unknown'}</p>
      <ClientQuotes />
    </main>
  );
}
