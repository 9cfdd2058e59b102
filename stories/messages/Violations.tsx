import { type ReactElement, useState } from 'react';
import type { z } from 'zod';

import { type ConnectionOptions, useLatestMessage, useWebSocket } from '../../src/index.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Card } from '../demo/Card.js';
import { Demo } from '../demo/Demo.js';
import type { StoryServer } from '../server/storyServer.js';
import './messages.css';
import { contract, FRAMES, type Order } from './orderContract.js';

const options = { serve: () => () => undefined };

/** Both sides violate the contract; each violation names the message and the reason. */
export function Violations(): ReactElement {
  return (
    <Demo
      options={options}
      name="Orders server"
      serverActions={(server) =>
        FRAMES.map(({ name, data }) => (
          <ActionButton key={name} onClick={() => server.send(data)}>
            {name}
          </ActionButton>
        ))
      }
    >
      {(server) => (
        <div className="side-by-side">
          <Client server={server} onViolation="report" />
          <Client server={server} onViolation="fail" />
        </div>
      )}
    </Demo>
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
        <ActionButton onClick={() => order({ symbol: 'ACME', quantity: 10 })}>Order 10</ActionButton>
        <ActionButton onClick={() => order({ symbol: 'ACME', quantity: -10 })}>Order −10</ActionButton>
        {socket.status === 'failed' && (
          <ActionButton isPrimary onClick={socket.reconnect}>
            Reconnect now
          </ActionButton>
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
