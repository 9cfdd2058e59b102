import type { ReactElement } from 'react';

import { json, useLatestMessage, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { Demo } from '../demo/Demo.js';
import { useNow } from '../panel/devtoolsParts.js';
import type { StoryServer } from '../server/storyServer.js';
import './examples.css';

interface Quote {
  readonly symbol: string;
  readonly price: number;
}

const contract = json<Quote, never>();
const reconnect = { minDelay: 2_000, maxDelay: 3_000 };

/** What users of an app see: a banner during a restart, and a page of its own after a 1003. */
export function ReconnectBanner(): ReactElement {
  return <Demo showsFrames={false}>{(server) => <App server={server} />}</Demo>;
}

function App({ server: { url, WebSocket } }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(url, { WebSocket, contract, reconnect });
  const quote = useLatestMessage(socket);
  if (socket.status === 'failed') return <ContractPage socket={socket} />;
  return (
    <div className="app">
      {/* Always rendered, so that a screen reader announces the banner when it appears. */}
      <div role="status">
        <Banner socket={socket} />
      </div>
      <header className="app-bar">
        <strong>Quotes</strong>
        <span className={`pill tone-${socket.status}`}>{socket.status === 'open' ? 'Live' : 'Not live'}</span>
      </header>
      <div className="app-page">
        <h2>{quote?.symbol ?? 'No quote yet'}</h2>
        <p className={socket.status === 'open' ? 'price' : 'price is-stale'}>
          {quote?.price.toFixed(2) ?? '–'}
        </p>
      </div>
    </div>
  );
}

type Socket = WebSocketHandle<Quote, never>;

function Banner({ socket }: { readonly socket: Socket }): ReactElement | null {
  if (socket.status !== 'reconnecting') return null;
  const reason = socket.cause.code === 1012 ? 'The server is restarting.' : 'The connection was lost.';
  return (
    <div className="banner tone-reconnecting">
      <p>
        <strong>{reason}</strong> {/* The countdown is not announced: it would interrupt every second. */}
        <span aria-hidden="true">
          {socket.retryAt === null ? (
            'Reconnecting …'
          ) : (
            <BackIn key={socket.retryAt} retryAt={socket.retryAt} />
          )}
        </span>
      </p>
      <button type="button" className="button" onClick={socket.reconnect}>
        Reconnect now
      </button>
    </div>
  );
}

function BackIn({ retryAt }: { readonly retryAt: number }): string {
  const left = retryAt - useNow(200, true);
  return `Back in ${Math.max(1, Math.ceil(left / 1_000))} s`;
}

function ContractPage({ socket }: { readonly socket: Socket & { readonly status: 'failed' } }): ReactElement {
  const { error } = socket;
  return (
    <section className="error-page tone-failed" role="alert">
      <p className="error-code">{error.code}</p>
      <h2>This page cannot talk to the server</h2>
      <p>
        The server does not accept the data of this page, so reconnecting would not help. The page may be
        older than the server: reload it to get the newest version.
      </p>
      <button type="button" className="button primary" onClick={socket.reconnect}>
        Try again
      </button>
      <details>
        <summary>For developers</summary>
        <p>{error.message}</p>
        <p>{error.hint}</p>
      </details>
    </section>
  );
}
