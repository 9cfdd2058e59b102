import { type ReactElement, useState } from 'react';

import { json, useLatestMessage, useWebSocket } from '../../src/index.js';
import { STATUS_LABELS } from '../panel/texts.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Card } from '../demo/Card.js';
import { Demo } from '../demo/Demo.js';
import type { StoryServer } from '../server/storyServer.js';
import type { Quote } from './feed.js';
import './messages.css';

const CHOICES = [20, 5, 0] as const;

const contract = json<Quote, never>();
const reconnect = { minDelay: 400, maxDelay: 1_200 };

/** Many independent components on one socket. */
export function Shared(): ReactElement {
  const [options] = useState(() => {
    let price = 118;
    return {
      serve: (client: { send: (data: string) => void }) => {
        client.send(JSON.stringify({ symbol: 'ACME', price: (price += 0.25) } satisfies Quote));
        return () => undefined;
      },
    };
  });
  return (
    <Demo options={options} showsFrames={false}>
      {(server) => <Crowd server={server} />}
    </Demo>
  );
}

function Crowd({ server }: { readonly server: StoryServer }): ReactElement {
  const [size, setSize] = useState<number>(CHOICES[0]);
  return (
    <Card title={`${size} components`}>
      <div className="card-bar" role="group" aria-label="How many are mounted">
        {CHOICES.map((choice) => (
          <ActionButton key={choice} isPressed={choice === size} onClick={() => setSize(choice)}>
            {choice === 0 ? 'Mount none' : `Mount ${choice}`}
          </ActionButton>
        ))}
      </div>
      {size === 0 && <p className="nothing">Nobody uses the connection, so nothing is open.</p>}
      <ul className="crowd" aria-label="Components">
        {Array.from({ length: size }, (_, index) => (
          <Member key={index} name={`Component ${index + 1}`} server={server} />
        ))}
      </ul>
    </Card>
  );
}

function Member({
  name,
  server: { url, WebSocket },
}: {
  readonly name: string;
  readonly server: StoryServer;
}): ReactElement {
  const socket = useWebSocket(url, { WebSocket, contract, reconnect, share: true });
  const quote = useLatestMessage(socket);
  return (
    <li className="member">
      <span>{name}</span>
      <b>{quote?.price.toFixed(2) ?? '–'}</b>
      <span className={`pill tone-${socket.status}`}>{STATUS_LABELS[socket.status]}</span>
    </li>
  );
}
