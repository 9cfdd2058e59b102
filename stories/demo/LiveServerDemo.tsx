import { type ReactElement, useId, useState, useSyncExternalStore } from 'react';

import { createConnection, useWebSocket } from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { createLiveServer, type LiveServer } from '../server/liveServer.js';
import { DemoLayout } from './DemoLayout.js';
import { SendButtons } from './SendButtons.js';
import { ServerCard } from './ServerCard.js';

const ENDPOINTS = { quotes: 'Quotes, any data', text: 'Text only' } as const;
type Endpoint = keyof typeof ENDPOINTS;

/** A real server on this machine and its client, or instructions when no server answers. */
export function LiveServerDemo({ url }: { readonly url: string }): ReactElement {
  const [server] = useState(() => createLiveServer(url));
  const availability = useSyncExternalStore(server.subscribe, server.getAvailability);
  if (availability === 'running') return <Running server={server} />;
  return availability === 'unknown' ? (
    <p className="notice">Looking for the demo server at {url} …</p>
  ) : (
    <div className="notice tone-reconnecting" role="alert">
      <h2>The demo server is not running</h2>
      <p>
        This story needs a real server at <code>{url}</code>, and none answers there. Start it together with
        Storybook:
      </p>
      <pre>
        <code>npm start</code>
      </pre>
      <p>The story continues as soon as the server runs.</p>
    </div>
  );
}

function Running({ server }: { readonly server: LiveServer }): ReactElement {
  const [connections] = useState(() => ({
    quotes: createConnection(server.quotesUrl),
    text: createConnection(server.textUrl),
  }));
  const [endpoint, setEndpoint] = useState<Endpoint>('quotes');
  const [downFor, setDownFor] = useState(3);
  const socket = useWebSocket(connections[endpoint]);

  const sendBinaryToTextEndpoint = (): void => {
    const { text } = connections;
    if (text.getState().status !== 'open') text.reconnect();
    text.send(new Uint8Array(1_024)); // queued until the socket is open
    setEndpoint('text');
  };

  return (
    <DemoLayout
      server={
        <ServerCard
          server={server}
          name="Demo server"
          restartLabel={`Restart (1012), down for ${downFor} ${downFor === 1 ? 'second' : 'seconds'}`}
          onRestart={() => server.restart(downFor)}
        >
          <label className="field">
            Down for, in seconds
            <input
              type="number"
              min={0}
              max={60}
              value={downFor}
              onChange={({ target }) => setDownFor(Math.min(60, Math.max(0, target.valueAsNumber || 0)))}
            />
          </label>
          <EndpointChoice chosen={endpoint} onChoose={setEndpoint} />
        </ServerCard>
      }
    >
      <ConnectionPanel key={endpoint} socket={socket}>
        <SendButtons send={socket.send} />
        <button type="button" className="button" onClick={sendBinaryToTextEndpoint}>
          Send binary to a text-only endpoint
        </button>
      </ConnectionPanel>
    </DemoLayout>
  );
}

function EndpointChoice({
  chosen,
  onChoose,
}: {
  readonly chosen: Endpoint;
  readonly onChoose: (endpoint: Endpoint) => void;
}): ReactElement {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>Endpoint of the client</legend>
      {(Object.keys(ENDPOINTS) as Endpoint[]).map((endpoint) => (
        <label key={endpoint}>
          <input type="radio" name={name} checked={endpoint === chosen} onChange={() => onChoose(endpoint)} />
          {ENDPOINTS[endpoint]}
        </label>
      ))}
    </fieldset>
  );
}
