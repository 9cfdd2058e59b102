import type { ReactElement } from 'react';

import { useWebSocket } from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Demo } from '../demo/Demo.js';
import { useStore } from '../demo/store.js';
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

const responsive = { serve };
const frozen = { serve, isFrozen: true };

/** A server that can freeze: its sockets stay open but no longer answer. */
export function SilentServer(): ReactElement {
  return (
    <Demo
      options={responsive}
      name="Heartbeat server"
      serverActions={(server) => <FreezeButton server={server} />}
    >
      {(server) => <HeartbeatClient server={server} />}
    </Demo>
  );
}

/** A server that is frozen from the start: it answers no handshake. */
export function SlowHandshake({ connectTimeout }: { readonly connectTimeout: number }): ReactElement {
  return (
    <Demo
      options={frozen}
      name="Overloaded server"
      showsFrames={false}
      serverActions={(server) => <FreezeButton server={server} />}
    >
      {(server) => <TimeoutClient server={server} connectTimeout={connectTimeout} />}
    </Demo>
  );
}

function FreezeButton({ server }: { readonly server: StoryServer }): ReactElement {
  const { isFrozen = false } = useStore({ subscribe: server.subscribe, get: server.getState });
  return (
    <ActionButton isPressed={isFrozen} onClick={() => server.setFrozen(!isFrozen)}>
      Freeze the server
    </ActionButton>
  );
}

function HeartbeatClient({ server: { url, WebSocket } }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(url, { WebSocket, reconnect, heartbeat, connectTimeout: 1_500 });
  return <ConnectionPanel socket={socket} />;
}

function TimeoutClient({
  server: { url, WebSocket },
  connectTimeout,
}: {
  readonly server: StoryServer;
  readonly connectTimeout: number;
}): ReactElement {
  const socket = useWebSocket(url, { WebSocket, reconnect, connectTimeout });
  return <ConnectionPanel socket={socket} />;
}
