import { type ReactElement, useState } from 'react';

import {
  type ReconnectOptions,
  useWebSocket,
  useWebSocketContext,
  WebSocketError,
  WebSocketProvider,
} from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { Diagnosis } from '../panel/Diagnosis.js';
import { StatusIcon } from '../panel/StatusIcon.js';
import type { StoryServer } from '../server/storyServer.js';
import { ErrorBoundary } from './ErrorBoundary.js';
import { findPolicyProblem } from './policyProblem.js';
import { SendButtons } from './SendButtons.js';

/** The props of every client. */
export interface ClientProps {
  readonly server: StoryServer;
  readonly reconnect?: ReconnectOptions | undefined;
}

/** A component with its own connection. */
export function OwnClient({
  server: { url, WebSocket },
  reconnect,
  throwOnError,
}: ClientProps & { readonly throwOnError?: boolean }): ReactElement {
  const socket = useWebSocket(url, { WebSocket, reconnect, throwOnError });
  return (
    <ConnectionPanel socket={socket}>
      <SendButtons send={socket.send} />
    </ConnectionPanel>
  );
}

/** A component that throws its terminal error to an error boundary. */
export function ThrowingClient(props: ClientProps): ReactElement {
  return (
    <ErrorBoundary
      fallback={(error, retry) => (
        <div className="fallback tone-failed" role="alert">
          <h2>
            <StatusIcon status="failed" /> Quotes are not available
          </h2>
          {error instanceof WebSocketError ? (
            <Diagnosis error={error}>
              <p>The error boundary replaced the component. Mounting it again starts a new connection.</p>
              <button type="button" className="button primary" onClick={retry}>
                Try again
              </button>
            </Diagnosis>
          ) : (
            <p>{error.message}</p>
          )}
        </div>
      )}
    >
      <OwnClient {...props} throwOnError />
    </ErrorBoundary>
  );
}

/** A tree whose provider owns the connection. While the policy is invalid, its error is shown and the last valid one applies. */
export function ProvidedClient({ server: { url, WebSocket }, reconnect }: ClientProps): ReactElement {
  const problem = findPolicyProblem(reconnect);
  const [valid, setValid] = useState(problem === null ? reconnect : undefined);
  if (problem === null && JSON.stringify(valid) !== JSON.stringify(reconnect)) setValid(reconnect);
  return (
    <>
      {problem !== null && (
        <p className="policy-problem tone-failed" role="alert">
          <strong>RangeError</strong> {problem} The last valid policy still applies.
        </p>
      )}
      <WebSocketProvider url={url} WebSocket={WebSocket} reconnect={valid}>
        <ContextClient />
      </WebSocketProvider>
    </>
  );
}

function ContextClient(): ReactElement {
  const socket = useWebSocketContext();
  return (
    <ConnectionPanel socket={socket}>
      <SendButtons send={socket.send} />
    </ConnectionPanel>
  );
}
