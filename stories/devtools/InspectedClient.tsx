import type { ReactElement } from 'react';

import { WebSocketInspector } from '../../src/devtools/index.js';
import { useWebSocket } from '../../src/index.js';
import { SendButtons } from '../demo/SendButtons.js';
import type { StoryServer } from '../server/storyServer.js';
import './devtools.css';

/** A component with a connection of its own, and the inspector below it. */
export function InspectedClient({
  server: { url, WebSocket },
  limit,
}: {
  readonly server: StoryServer;
  readonly limit?: number | undefined;
}): ReactElement {
  const socket = useWebSocket(url, { WebSocket, reconnect: { minDelay: 500, maxDelay: 2_000 } });
  return (
    <div className="inspected">
      <div className="inspected-acts" role="group" aria-label="The application">
        <SendButtons send={socket.send} />
      </div>
      <WebSocketInspector source={socket} name="quotes" limit={limit} />
    </div>
  );
}
