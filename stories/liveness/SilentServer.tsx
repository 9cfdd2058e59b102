import type { ReactElement } from 'react';

import { useWebSocket } from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { Act } from '../scene/Act.js';
import { StoryScene } from '../scene/StoryScene.js';
import { useStore } from '../scene/store.js';
import type { Serve, StoryServer } from '../server/storyServer.js';

const heartbeat = {
  message: 'ping',
  interval: 1_000,
  timeout: 500,
  isReply: (message: unknown) => message === 'pong',
};
const reconnect = { minDelay: 500, maxDelay: 1_500 };

/** Answers every ping. */
const serve: Serve = (client) => (data) => {
  if (data === 'ping') client.send('pong');
};

const prompt = { serve };
const frozen = { serve, isFrozen: true };

/** A server that can freeze: its sockets stay open, and nothing comes out of them any more. */
export function SilentServer(): ReactElement {
  return (
    <StoryScene options={prompt} name="Heartbeat server" acts={(server) => <Freeze server={server} />}>
      {(server) => <BeatingClient server={server} />}
    </StoryScene>
  );
}

/** A server that is frozen from the start: the network is there, and no handshake is answered. */
export function SlowHandshake({ connectTimeout }: { readonly connectTimeout: number }): ReactElement {
  return (
    <StoryScene
      options={frozen}
      name="Overloaded server"
      showsFrames={false}
      acts={(server) => <Freeze server={server} />}
    >
      {(server) => <HastyClient server={server} connectTimeout={connectTimeout} />}
    </StoryScene>
  );
}

function Freeze({ server }: { readonly server: StoryServer }): ReactElement {
  const { isFrozen = false } = useStore({ subscribe: server.subscribe, get: server.getState });
  return (
    <Act isOn={isFrozen} onAct={() => server.freeze(!isFrozen)}>
      Frozen: hears and says nothing
    </Act>
  );
}

function BeatingClient({ server: { url, WebSocket } }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(url, { WebSocket, reconnect, heartbeat, connectTimeout: 1_500 });
  return <ConnectionPanel socket={socket} />;
}

function HastyClient({
  server: { url, WebSocket },
  connectTimeout,
}: {
  readonly server: StoryServer;
  readonly connectTimeout: number;
}): ReactElement {
  const socket = useWebSocket(url, { WebSocket, reconnect, connectTimeout });
  return <ConnectionPanel socket={socket} />;
}
