import { type ReactElement, useEffect, useState } from 'react';

import { useWebSocket } from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { Act } from '../scene/Act.js';
import { StoryScene } from '../scene/StoryScene.js';
import { useStore } from '../scene/store.js';
import type { StoryServer } from '../server/storyServer.js';
import './liveness.css';
import { createNetwork, type Network } from './network.js';

/** A page whose network goes and comes back. */
export function Offline(): ReactElement {
  const [network] = useState(createNetwork);
  useEffect(() => network.restore, [network]);
  return (
    <StoryScene
      showsFrames={false}
      acts={(server) => <Act onAct={server.kill}>Lose the connection (1006)</Act>}
      facts={<Switch network={network} />}
    >
      {(server) => <Client server={server} />}
    </StoryScene>
  );
}

function Switch({ network }: { readonly network: Network }): ReactElement {
  const isOnline = useStore(network);
  return (
    <div className="network">
      <p className={`pill ${isOnline ? 'tone-open' : 'tone-failed'}`}>
        {isOnline ? 'The page is online' : 'The page is offline'}
      </p>
      <Act isPrimary onAct={() => network.set(!isOnline)}>
        {isOnline ? 'Go offline' : 'Go online'}
      </Act>
    </div>
  );
}

function Client({ server: { url, WebSocket } }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(url, { WebSocket });
  return <ConnectionPanel socket={socket} />;
}
