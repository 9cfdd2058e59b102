import { type ReactElement, useState } from 'react';

import { useWebSocket } from '../../src/index.js';
import { createStoryServer } from '../server/storyServer.js';
import './landing.css';
import { hrefOf, LANDING_LINKS, START_PATH } from './links.js';
import { LiveConnection } from './LiveConnection.js';
import { contract, createMarket } from './quotes.js';
import { SampleCode } from './SampleCode.js';

/** The first page of the Storybook: what the library does, live, with the code for it and where to go next. */
export function Landing(): ReactElement {
  const [market] = useState(createMarket);
  const [server] = useState(() =>
    createStoryServer({ accepts: 'text', downFor: 1_500, serve: market.serve }),
  );
  const socket = useWebSocket(server.url, { WebSocket: server.WebSocket, contract });
  return (
    <main className="demo landing">
      <header className="landing-hero">
        <p className="landing-name">react-websocket-hooks</p>
        <h1>WebSocket hooks that know why the connection closed</h1>
        <p className="landing-lead">
          Reconnects after a restart. Stops when the server rejects your data. Delivers every message.
        </p>
        <div className="landing-start">
          <a className="button primary" href={hrefOf(START_PATH)} target="_top">
            Get started
          </a>
          <code>npm install react-websocket-hooks</code>
        </div>
      </header>
      <div className="landing-columns">
        <LiveConnection socket={socket} server={server} market={market} />
        <SampleCode socket={socket} />
      </div>
      <nav className="landing-links" aria-label="Where to go next">
        {LANDING_LINKS.map(({ title, text, path }) => (
          <a key={path} href={hrefOf(path)} target="_top">
            <strong>{title}</strong>
            <span>{text}</span>
          </a>
        ))}
      </nav>
    </main>
  );
}
