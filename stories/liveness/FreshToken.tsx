import { type ReactElement, useId, useState } from 'react';

import { useWebSocket } from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Demo } from '../demo/Demo.js';
import { useStore } from '../demo/store.js';
import type { StoryServer } from '../server/storyServer.js';
import './liveness.css';
import { createTokenServer, type TokenServer } from './tokenServer.js';

const reconnect = { minDelay: 400, maxDelay: 1_200 };

/** A server that accepts each token once, and a client that fetches a token for every attempt. */
export function FreshToken(): ReactElement {
  const [{ tokenServer, options }] = useState(() => {
    const tokenServer = createTokenServer();
    return { tokenServer, options: { isAllowed: tokenServer.redeem } };
  });
  return (
    <Demo
      options={options}
      name="One-time tokens"
      showsFrames={false}
      serverDetails={<Tokens tokenServer={tokenServer} />}
      serverActions={(server) => (
        <>
          <ActionButton onClick={() => server.restart()}>Restart (1012), down for 0.8 s</ActionButton>
          <TokenServerSwitch tokenServer={tokenServer} />
        </>
      )}
    >
      {(server) => <Client server={server} tokenServer={tokenServer} />}
    </Demo>
  );
}

function TokenServerSwitch({ tokenServer }: { readonly tokenServer: TokenServer }): ReactElement {
  const { isRunning } = useStore(tokenServer);
  return (
    <ActionButton isPressed={!isRunning} onClick={() => tokenServer.setRunning(!isRunning)}>
      Stop issuing tokens
    </ActionButton>
  );
}

function Tokens({ tokenServer }: { readonly tokenServer: TokenServer }): ReactElement {
  const headingId = useId();
  const { tokens } = useStore(tokenServer);
  return (
    <div className="tokens">
      <h3 id={headingId}>Issued tokens</h3>
      <ol aria-labelledby={headingId} tabIndex={0}>
        {tokens.map(({ value, attempt, isUsed }) => (
          <li key={value}>
            <code>{value}</code> {attempt === 0 ? 'first attempt' : `attempt ${attempt}`}
            {isUsed && ', used'}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Client({
  server: { url, WebSocket },
  tokenServer,
}: {
  readonly server: StoryServer;
  readonly tokenServer: TokenServer;
}): ReactElement {
  const [shownUrl, setShownUrl] = useState('');
  const [problem, setProblem] = useState('');
  const socket = useWebSocket(
    async ({ attempt }) => {
      const token = await tokenServer.fetchToken(attempt);
      return `${url}?token=${token}`;
    },
    {
      WebSocket,
      reconnect,
      onOpen: ({ url: openedUrl }) => {
        setShownUrl(openedUrl);
        setProblem('');
      },
      onError: ({ message }) => setProblem(message),
    },
  );
  return (
    <>
      <ConnectionPanel socket={socket} />
      <dl className="pairs aside">
        <div>
          <dt>URL in logs</dt>
          <dd>
            <code>{shownUrl || '–'}</code>
          </dd>
        </div>
        <div>
          <dt>Latest error</dt>
          <dd>{problem || 'none'}</dd>
        </div>
      </dl>
    </>
  );
}
