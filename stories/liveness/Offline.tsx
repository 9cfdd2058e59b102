import { type ReactElement, useEffect, useState } from 'react';

import { useWebSocket } from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Demo } from '../demo/Demo.js';
import { useStore } from '../demo/store.js';
import type { StoryServer } from '../server/storyServer.js';
import './liveness.css';
import { createNetwork, type Network } from './network.js';

/** A page that goes offline and comes back online. */
export function Offline(): ReactElement {
  const [network] = useState(createNetwork);
  useEffect(() => network.restore, [network]);
  return (
    <Demo
      showsFrames={false}
      serverActions={(server) => (
        <ActionButton onClick={server.kill}>Lose the connection (1006)</ActionButton>
      )}
      serverDetails={<Switch network={network} />}
    >
      {(server) => <Client server={server} />}
    </Demo>
  );
}

function Switch({ network }: { readonly network: Network }): ReactElement {
  const isOnline = useStore(network);
  return (
    <div className="network">
      <p className={`pill ${isOnline ? 'tone-open' : 'tone-failed'}`}>
        {isOnline ? 'The page is online' : 'The page is offline'}
      </p>
      <ActionButton isPrimary onClick={() => network.set(!isOnline)}>
        {isOnline ? 'Go offline' : 'Go online'}
      </ActionButton>
    </div>
  );
}

function Client({ server: { url, WebSocket } }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(url, { WebSocket });
  return <ConnectionPanel socket={socket} />;
}
