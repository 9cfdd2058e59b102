import { type ReactElement, useState } from 'react';

import { json, useLatestMessage, useWebSocket } from '../../src/index.js';
import { STATUS_WORDS } from '../panel/words.js';
import { Act } from '../scene/Act.js';
import { Card } from '../scene/Card.js';
import { StoryScene } from '../scene/StoryScene.js';
import type { StoryServer } from '../server/storyServer.js';
import type { Quote } from './feed.js';
import './messages.css';

const CHOICES = [20, 5, 0] as const;

const contract = json<Quote, never>();
const reconnect = { minDelay: 400, maxDelay: 1_200 };

/** Many components that know nothing of each other, and one socket. */
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
    <StoryScene options={options} showsFrames={false}>
      {(server) => <Crowd server={server} />}
    </StoryScene>
  );
}

function Crowd({ server }: { readonly server: StoryServer }): ReactElement {
  const [size, setSize] = useState<number>(CHOICES[0]);
  return (
    <Card title={`${size} components`}>
      <div className="card-bar" role="group" aria-label="How many are mounted">
        {CHOICES.map((choice) => (
          <Act key={choice} isOn={choice === size} onAct={() => setSize(choice)}>
            {choice === 0 ? 'Mount none' : `Mount ${choice}`}
          </Act>
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
      <span className={`pill tone-${socket.status}`}>{STATUS_WORDS[socket.status]}</span>
    </li>
  );
}
