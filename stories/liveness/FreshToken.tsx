import { type ReactElement, useId, useState } from 'react';

import { useWebSocket } from '../../src/index.js';
import { ConnectionPanel } from '../panel/ConnectionPanel.js';
import { Act } from '../scene/Act.js';
import { StoryScene } from '../scene/StoryScene.js';
import { useStore } from '../scene/store.js';
import type { StoryServer } from '../server/storyServer.js';
import './liveness.css';
import { createTokenDesk, type TokenDesk } from './tokenDesk.js';

const reconnect = { minDelay: 400, maxDelay: 1_200 };

/** A server that lets each token in once, and a client that asks for one at every dial. */
export function FreshToken(): ReactElement {
  const [{ desk, options }] = useState(() => {
    const made = createTokenDesk();
    return { desk: made, options: { admit: made.admit } };
  });
  return (
    <StoryScene
      options={options}
      name="One-time tokens"
      showsFrames={false}
      facts={<Tokens desk={desk} />}
      acts={(server) => (
        <>
          <Act onAct={() => server.restart()}>Restart (1012), down for 0.8 s</Act>
          <Desk desk={desk} />
        </>
      )}
    >
      {(server) => <Client server={server} desk={desk} />}
    </StoryScene>
  );
}

function Desk({ desk }: { readonly desk: TokenDesk }): ReactElement {
  const { isOpen } = useStore(desk);
  return (
    <Act isOn={!isOpen} onAct={() => desk.setOpen(!isOpen)}>
      Give out no tokens
    </Act>
  );
}

function Tokens({ desk }: { readonly desk: TokenDesk }): ReactElement {
  const headingId = useId();
  const { tokens } = useStore(desk);
  return (
    <div className="tokens">
      <h3 id={headingId}>Tokens given out</h3>
      <ol aria-labelledby={headingId} tabIndex={0}>
        {tokens.map(({ value, attempt, isUsed }) => (
          <li key={value}>
            <code>{value}</code> {attempt === 0 ? 'first dial' : `attempt ${attempt}`}
            {isUsed && ', used'}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Client({
  server: { url, WebSocket },
  desk,
}: {
  readonly server: StoryServer;
  readonly desk: TokenDesk;
}): ReactElement {
  const [shownUrl, setShownUrl] = useState('');
  const [problem, setProblem] = useState('');
  const socket = useWebSocket(
    async ({ attempt }) => {
      const token = await desk.fetchToken(attempt);
      return `${url}?token=${token}`;
    },
    {
      WebSocket,
      reconnect,
      onOpen: ({ url: opened }) => {
        setShownUrl(opened);
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
