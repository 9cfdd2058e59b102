import { type ReactElement, useState } from 'react';
import type { z } from 'zod';

import { type ConnectionOptions, useLatestMessage, useWebSocket } from '../../src/index.js';
import { Act } from '../scene/Act.js';
import { Card } from '../scene/Card.js';
import { StoryScene } from '../scene/StoryScene.js';
import type { StoryServer } from '../server/storyServer.js';
import './messages.css';
import { contract, FRAMES, type Order } from './order.js';

const options = { serve: () => () => undefined };

/** Both sides break the contract, and it is said which message and why. */
export function Violations(): ReactElement {
  return (
    <StoryScene
      options={options}
      name="Careless server"
      acts={(server) =>
        FRAMES.map(({ name, data }) => (
          <Act key={name} onAct={() => server.send(data)}>
            {name}
          </Act>
        ))
      }
    >
      {(server) => (
        <div className="side-by-side">
          <Client server={server} onViolation="report" />
          <Client server={server} onViolation="fail" />
        </div>
      )}
    </StoryScene>
  );
}

function Client({
  server: { url, WebSocket },
  onViolation,
}: {
  readonly server: StoryServer;
  readonly onViolation: NonNullable<ConnectionOptions['onViolation']>;
}): ReactElement {
  const [problems, setProblems] = useState<readonly string[]>([]);
  const report = (problem: unknown): void => {
    const { message } = problem as Error;
    setProblems((known) => [message, ...known].slice(0, 4));
  };
  const socket = useWebSocket(url, { WebSocket, contract, onViolation, onError: report });
  const quote = useLatestMessage(socket);

  const order = (message: z.input<typeof Order>): void => {
    try {
      socket.send(message);
    } catch (error) {
      report(error);
    }
  };

  return (
    <Card title={`onViolation: '${onViolation}'`} status={socket.status}>
      <p className="score tone-open">
        <strong>{quote ? quote.price.toFixed(2) : '–'}</strong> {quote ? quote.symbol : 'no quote yet'}
      </p>
      <div className="card-bar">
        <Act onAct={() => order({ symbol: 'ACME', quantity: 10 })}>Order 10</Act>
        <Act onAct={() => order({ symbol: 'ACME', quantity: -10 })}>Order −10</Act>
        {socket.status === 'failed' && (
          <Act isPrimary onAct={socket.reconnect}>
            Reconnect now
          </Act>
        )}
      </div>
      {socket.error && <p className="hint tone-failed">{socket.error.hint}</p>}
      <h3>Reported</h3>
      {problems.length === 0 && <p className="nothing">Nothing.</p>}
      <ul className="problems" aria-label="Reported">
        {problems.map((problem, index) => (
          <li key={problems.length - index}>{problem}</li>
        ))}
      </ul>
    </Card>
  );
}
