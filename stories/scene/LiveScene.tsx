import { type ReactElement, useId, useState, useSyncExternalStore } from 'react';

import { createConnection, useWebSocket } from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { createLiveServer, type LiveServer } from '../server/liveServer.js';
import { Scene } from './Scene.js';
import { SendButtons } from './SendButtons.js';
import { ServerCard } from './ServerCard.js';

const ENDPOINTS = { quotes: 'Quotes, any data', text: 'Text only' } as const;
type Endpoint = keyof typeof ENDPOINTS;

/** A real server on this machine and a client in this page, or what to do when there is no server. */
export function LiveScene({ url }: { readonly url: string }): ReactElement {
  const [server] = useState(() => createLiveServer(url));
  const reach = useSyncExternalStore(server.subscribe, server.getReach);
  if (reach === 'running') return <Running server={server} />;
  return reach === 'asking' ? (
    <p className="notice">Asking for the demo server at {url} …</p>
  ) : (
    <div className="notice tone-reconnecting" role="alert">
      <h2>The demo server is not running</h2>
      <p>
        This story talks to a real server at <code>{url}</code>, and none answers there. Start it together
        with Storybook:
      </p>
      <pre>
        <code>npm start</code>
      </pre>
      <p>The story goes on by itself once the server is there.</p>
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

  const breakTextOnly = (): void => {
    const { text } = connections;
    if (text.getState().status !== 'open') text.reconnect();
    text.send(new Uint8Array(1_024)); // kept until the socket is open
    setEndpoint('text');
  };

  return (
    <Scene
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
        <button type="button" className="button" onClick={breakTextOnly}>
          Send binary to a text-only endpoint
        </button>
      </ConnectionPanel>
    </Scene>
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
      <legend>The client uses</legend>
      {(Object.keys(ENDPOINTS) as Endpoint[]).map((endpoint) => (
        <label key={endpoint}>
          <input type="radio" name={name} checked={endpoint === chosen} onChange={() => onChoose(endpoint)} />
          {ENDPOINTS[endpoint]}
        </label>
      ))}
    </fieldset>
  );
}
