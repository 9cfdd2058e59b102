import { type ReactElement, useEffect, useState } from 'react';

import { WebSocketDevtools, type WebSocketDevtoolsProps } from '../../src/devtools/index.js';
import { json, useLatestMessage, useMessageReducer, useWebSocket } from '../../src/index.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Card } from '../demo/Card.js';
import '../demo/demo.css';
import { createStoryServer, type Serve, type StoryServer } from '../server/storyServer.js';
import './devtools.css';

/** Shorter than the defaults, because visitors wait for it. */
const RECONNECT = { minDelay: 1_000, maxDelay: 2_000 };
const PRICE_INTERVAL_MS = 700;

interface Price {
  readonly symbol: string;
  readonly price: number;
}

interface Line {
  readonly author: string;
  readonly text: string;
}

/** An application with three connections, and the devtools. */
export function DevtoolsDemo(props: WebSocketDevtoolsProps): ReactElement {
  const [servers] = useState(() => ({
    prices: createStoryServer({ name: 'prices', serve: () => () => undefined }),
    chat: createStoryServer({ name: 'chat', serve: greet }),
    presence: createStoryServer({ name: 'presence', serve: (client) => () => client.send('pong') }),
  }));
  return (
    <div className="demo devtools-demo">
      <Prices server={servers.prices} />
      <Chat server={servers.chat} />
      <Presence server={servers.presence} />
      <WebSocketDevtools {...props} />
    </div>
  );
}

/** The server of the chat answers every line. */
const greet: Serve = (client) => {
  const say = (text: string): void => client.send(JSON.stringify({ author: 'Server', text } satisfies Line));
  say('Welcome!');
  return (data) => {
    if (typeof data !== 'string') return;
    client.send(data);
    const { text } = JSON.parse(data) as Line;
    say(`I have read “${text}”.`);
  };
};

const prices = json<Price, never>();

function Prices({ server }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(server.url, {
    WebSocket: server.WebSocket,
    contract: prices,
    reconnect: RECONNECT,
  });
  const latest = useLatestMessage(socket);
  useEffect(() => {
    let step = 0;
    const timer = setInterval(() => {
      step += 1;
      const price = 118 + 4 * Math.sin(step / 3);
      server.send(JSON.stringify({ symbol: 'ACME', price: Math.round(price * 100) / 100 } satisfies Price));
    }, PRICE_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [server]);
  return (
    <Card title="Prices" status={socket.status}>
      <p className="devtools-demo-value">{latest ? latest.price.toFixed(2) : '–'}</p>
      <p className="devtools-demo-note">ACME, a new price every 0.7 s</p>
    </Card>
  );
}

const lines = json<Line, Line>();
const addLine = (all: readonly Line[], line: Line): readonly Line[] => [...all, line].slice(-4);

function Chat({ server }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(server.url, {
    WebSocket: server.WebSocket,
    contract: lines,
    reconnect: RECONNECT,
  });
  const shown = useMessageReducer(socket, addLine, []);
  return (
    <Card title="Chat" status={socket.status}>
      <ul className="devtools-demo-chat">
        {shown.map(({ author, text }, index) => (
          <li key={index}>
            <b>{author}</b> {text}
          </li>
        ))}
      </ul>
      <div>
        <ActionButton onClick={() => socket.send({ author: 'You', text: 'Hello' })}>Say hello</ActionButton>
      </div>
    </Card>
  );
}

function Presence({ server }: { readonly server: StoryServer }): ReactElement {
  const socket = useWebSocket(server.url, {
    WebSocket: server.WebSocket,
    heartbeat: { message: 'ping', interval: 1_500, timeout: 1_000 },
    reconnect: RECONNECT,
  });
  return (
    <Card title="Presence" status={socket.status}>
      <p className="devtools-demo-note">
        Sends a ping after 1.5&nbsp;s of silence and reconnects if no answer arrives within 1&nbsp;s.
      </p>
    </Card>
  );
}
