import { type ReactElement, type SyntheticEvent, useId, useReducer, useState } from 'react';

import { json, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Card } from '../demo/Card.js';
import { Demo } from '../demo/Demo.js';
import { useStore } from '../demo/store.js';
import type { StoryServer } from '../server/storyServer.js';
import { type ChatLine, type ChatMessage, foldChat, DELIVERY_LABELS } from './chatLog.js';
import './messages.css';

/** Small enough for the story to fill it. */
const QUEUE = { maxMessages: 3 };

const contract = json<ChatMessage, ChatMessage>();
const reconnect = { minDelay: 300, maxDelay: 800 };
const options = {
  serve: (client: { send: (data: string) => void }) => (data: unknown) => client.send(data as string),
};

/** A chat that stays usable while its server is down: messages wait in the queue or come back as not sent. */
export function Chat(): ReactElement {
  return (
    <Demo options={options} name="Chat server" serverActions={(server) => <PowerButton server={server} />}>
      {(server) => <Room server={server} />}
    </Demo>
  );
}

function PowerButton({ server }: { readonly server: StoryServer }): ReactElement {
  const { isUp } = useStore({ subscribe: server.subscribe, get: server.getState });
  return (
    <ActionButton onClick={() => server.setRunning(!isUp)}>
      {isUp ? 'Stop the server (1012)' : 'Start the server'}
    </ActionButton>
  );
}

function Room({ server: { url, WebSocket } }: { readonly server: StoryServer }): ReactElement {
  const [lines, dispatch] = useReducer(foldChat, []);
  const [draft, setDraft] = useState('');
  const [isRefused, setRefused] = useState(false);
  const chat = useWebSocket(url, {
    WebSocket,
    contract,
    reconnect,
    sendQueue: QUEUE,
    onMessage: (message) => dispatch({ type: 'received', message }),
    onDrop: ({ message, reason }) => dispatch({ type: 'dropped', message, reason }),
  });

  const write = (event: SyntheticEvent): void => {
    event.preventDefault();
    const message = { id: lines.length + 1, text: draft.trim() };
    if (!message.text) return;
    const result = chat.send(message);
    setRefused(result === 'refused');
    if (result === 'refused') return;
    dispatch({ type: 'written', line: { ...message, delivery: result } });
    setDraft('');
  };

  return (
    <Card title="Chat" status={chat.status}>
      <Lines lines={lines} />
      <form className="chat-form" onSubmit={write}>
        <Draft draft={draft} onChange={setDraft} />
        <button type="submit" className="button primary">
          Send
        </button>
      </form>
      <div className="card-bar">
        <p className="chat-notice tone-failed" role="alert">
          {isRefused &&
            (chat.status === 'closed'
              ? 'Not sent: you left the chat.'
              : `Not sent: ${QUEUE.maxMessages} messages are waiting already.`)}
        </p>
        <LeaveButton chat={chat} />
      </div>
    </Card>
  );
}

function Draft({
  draft,
  onChange,
}: {
  readonly draft: string;
  readonly onChange: (draft: string) => void;
}): ReactElement {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Message</label>
      <input id={id} value={draft} autoComplete="off" onChange={({ target }) => onChange(target.value)} />
    </>
  );
}

/** Leaving returns the messages that are still queued. */
function LeaveButton({
  chat: { status, close, reconnect: join },
}: {
  readonly chat: Pick<WebSocketHandle, 'status' | 'close' | 'reconnect'>;
}): ReactElement {
  return status === 'closed' ? (
    <ActionButton onClick={() => join()}>Join again</ActionButton>
  ) : (
    <ActionButton onClick={() => close()}>Leave the chat</ActionButton>
  );
}

const TONES = { delivered: 'tone-open', sent: 'tone-connecting', queued: 'tone-reconnecting' } as const;

function Lines({ lines }: { readonly lines: readonly ChatLine[] }): ReactElement {
  return (
    <ol className="chat-lines" aria-label="Messages">
      {lines.length === 0 && <li className="nothing">No messages yet.</li>}
      {lines.map(({ id, text, delivery }) => (
        <li
          key={id}
          className={`chat-line ${delivery in TONES ? TONES[delivery as keyof typeof TONES] : 'tone-failed'}`}
        >
          <p>{text}</p>
          <p className="chat-delivery">{DELIVERY_LABELS[delivery]}</p>
        </li>
      ))}
    </ol>
  );
}
