import { type ReactElement, useId, useState } from 'react';

import { describeCloseCode } from '../../src/closeCodes/index.js';
import { json, useLatestMessage, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { CloseCodeComparison } from '../closeCodes/CloseCodeComparison.js';
import { ConnectionTimeline } from '../panel/ConnectionTimeline.js';
import { RetryRing } from '../panel/RetryRing.js';
import { StatusIcon } from '../panel/StatusIcon.js';
import { explainState, STATUS_LABELS } from '../panel/texts.js';
import { createStoryServer, type StoryServer } from '../server/storyServer.js';
import './comparison.css';

interface Quote {
  readonly symbol: string;
  readonly price: number;
}

type ComparedCode = 1003 | 1012;

const CODES = [1003, 1012] as const satisfies readonly ComparedCode[];
const contract = json<Quote, never>();

function closeWith(server: StoryServer, code: ComparedCode): void {
  if (code === 1012) server.restart();
  else server.rejectData();
}

/** The same app twice: one server closes it with 1003, the other with 1012. */
export function CloseComparison(): ReactElement {
  const [servers] = useState(() => CODES.map((code) => ({ code, server: createStoryServer() })));
  return (
    <div className="demo comparison">
      <div className="comparison-start">
        <button
          type="button"
          className="button primary"
          onClick={() => {
            for (const { server, code } of servers) closeWith(server, code);
          }}
        >
          Close both connections
        </button>
        <p>The same component on both sides. Only the close code differs.</p>
      </div>
      <div className="comparison-apps">
        {servers.map(({ code, server }) => (
          <App key={code} server={server} code={code} />
        ))}
      </div>
      <CloseCodeComparison first={1003} second={1012} />
    </div>
  );
}

function App({ server, code }: { readonly server: StoryServer; readonly code: ComparedCode }): ReactElement {
  const headingId = useId();
  const { name } = describeCloseCode(code);
  const { url, WebSocket } = server;
  const socket = useWebSocket(url, { WebSocket, contract });
  const quote = useLatestMessage(socket);
  return (
    <section className={`comparison-app tone-${socket.status}`} aria-labelledby={headingId}>
      <header className="comparison-code">
        <h2 id={headingId}>
          <b>{code}</b> {name}
        </h2>
        <button type="button" className="button" onClick={() => closeWith(server, code)}>
          Close with {code}
        </button>
      </header>
      <State socket={socket} />
      <p className={socket.status === 'open' ? 'comparison-price' : 'comparison-price is-stale'}>
        <span>{quote?.symbol ?? 'ACME'}</span> {quote?.price.toFixed(2) ?? '–'}
      </p>
      <div className="comparison-timeline">
        <ConnectionTimeline connection={socket.connection} />
      </div>
    </section>
  );
}

function State({ socket }: { readonly socket: WebSocketHandle<Quote, never> }): ReactElement {
  return (
    <div className="comparison-state">
      {socket.retryAt === null ? (
        <StatusIcon status={socket.status} />
      ) : (
        <RetryRing key={socket.retryAt} until={socket.retryAt} />
      )}
      <p role="status">
        <strong>{STATUS_LABELS[socket.status]}</strong> {explainState(socket)}
      </p>
      {socket.status === 'failed' && (
        <button type="button" className="button primary" onClick={socket.reconnect}>
          Reconnect now
        </button>
      )}
    </div>
  );
}
