import { type ReactElement, useEffect, useState } from 'react';

import { json, useMessageReducer, useWebSocket } from '../../src/index.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Card } from '../demo/Card.js';
import { CountRow } from '../demo/CountRow.js';
import { Demo } from '../demo/Demo.js';
import { useStore } from '../demo/store.js';
import { type Counters, createCounters } from '../messages/counters.js';
import type { StoryServer } from '../server/storyServer.js';
import '../messages/messages.css';
import './examples.css';
import {
  appendToken,
  createAnswerServer,
  EMPTY_ANSWER,
  type TokenMessage,
  type AnswerServer,
} from './tokenStream.js';

const contract = json<TokenMessage, never>();

/** An answer of a language model that arrives token by token. */
export function TokenStream(): ReactElement {
  const [{ answerServer, counters, options }] = useState(() => {
    const answerServer = createAnswerServer();
    return { answerServer, counters: createCounters(), options: { serve: answerServer.serve } };
  });
  return (
    <Demo
      options={options}
      name="Language model"
      showsFrames={false}
      serverDetails={<Sent answerServer={answerServer} />}
      serverActions={(server) => (
        <ActionButton
          isPrimary
          onClick={() => {
            counters.reset();
            answerServer.answer(server);
          }}
        >
          Ask a question
        </ActionButton>
      )}
    >
      {(server) => <Conversation server={server} counters={counters} />}
    </Demo>
  );
}

function Sent({ answerServer }: { readonly answerServer: AnswerServer }): ReactElement {
  return (
    <dl className="counts">
      <CountRow name="Tokens sent" value={useStore(answerServer.sent)} />
    </dl>
  );
}

function Conversation({
  server: { url, WebSocket },
  counters,
}: {
  readonly server: StoryServer;
  readonly counters: Counters;
}): ReactElement {
  const socket = useWebSocket(url, { WebSocket, contract });
  const answer = useMessageReducer(socket, appendToken, EMPTY_ANSWER);
  useEffect(() => counters.add('renders'));
  return (
    <Card title="Conversation" status={socket.status}>
      <p className="question">When should my app reconnect after 1012, and when after 1003?</p>
      <div className="answer" aria-busy={answer.tokens > 0 && !answer.isComplete}>
        <p>
          {answer.text || <span className="nothing">Press “Ask a question”.</span>}
          {answer.tokens > 0 && !answer.isComplete && <span className="cursor" aria-hidden="true" />}
        </p>
      </div>
      <dl className="figures">
        <CountRow name="Tokens shown" value={answer.tokens} />
        <CountRow name="Tokens lost" value={answer.hasGap ? 'some' : 'none'} />
        <Renders counters={counters} />
      </dl>
    </Card>
  );
}

function Renders({ counters }: { readonly counters: Counters }): ReactElement {
  return <CountRow name="Renders" value={useStore(counters).renders} />;
}
