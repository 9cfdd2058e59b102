import { type ReactElement, type SyntheticEvent, useId, useReducer, useState } from 'react';

import { json, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { Act } from '../scene/Act.js';
import { Card } from '../scene/Card.js';
import { StoryScene } from '../scene/StoryScene.js';
import { useStore } from '../scene/store.js';
import type { StoryServer } from '../server/storyServer.js';
import { type ChatLine, type ChatMessage, foldChat, STANDINGS } from './chatLog.js';
import './messages.css';

/** So few that the story can fill it. */
const QUEUE = { maxMessages: 3 };

const contract = json<ChatMessage, ChatMessage>();
const reconnect = { minDelay: 300, maxDelay: 800 };
const options = {
  serve: (client: { send: (data: string) => void }) => (data: unknown) => client.send(data as string),
};

/** A chat that goes on while its server is away: what was written meanwhile waits, or is handed back. */
export function Chat(): ReactElement {
  return (
    <StoryScene options={options} name="Chat server" acts={(server) => <Power server={server} />}>
      {(server) => <Room server={server} />}
    </StoryScene>
  );
}

function Power({ server }: { readonly server: StoryServer }): ReactElement {
  const { isUp } = useStore({ subscribe: server.subscribe, get: server.getState });
  return <Act onAct={() => server.power(!isUp)}>{isUp ? 'Take it down (1012)' : 'Bring it back'}</Act>;
}

function Room({ server: { url, WebSocket } }: { readonly server: StoryServer }): ReactElement {
  const [lines, tell] = useReducer(foldChat, []);
  const [draft, setDraft] = useState('');
  const [isRefused, setRefused] = useState(false);
  const chat = useWebSocket(url, {
    WebSocket,
    contract,
    reconnect,
    sendQueue: QUEUE,
    onMessage: (message) => tell({ type: 'came', message }),
    onDrop: ({ message, reason }) => tell({ type: 'dropped', message, reason }),
  });

  const write = (event: SyntheticEvent): void => {
    event.preventDefault();
    const message = { id: lines.length + 1, text: draft.trim() };
    if (!message.text) return;
    const result = chat.send(message);
    setRefused(result === 'refused');
    if (result === 'refused') return;
    tell({ type: 'written', line: { ...message, standing: result } });
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
              ? 'Not accepted: the chat has been left.'
              : `Not accepted: ${QUEUE.maxMessages} messages are waiting already.`)}
        </p>
        <Door chat={chat} />
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

/** Leaving hands back what still waits. */
function Door({
  chat: { status, close, reconnect: enter },
}: {
  readonly chat: Pick<WebSocketHandle, 'status' | 'close' | 'reconnect'>;
}): ReactElement {
  return status === 'closed' ? (
    <Act onAct={() => enter()}>Come back</Act>
  ) : (
    <Act onAct={() => close()}>Leave the chat</Act>
  );
}

const TONES = { delivered: 'tone-open', sent: 'tone-connecting', queued: 'tone-reconnecting' } as const;

function Lines({ lines }: { readonly lines: readonly ChatLine[] }): ReactElement {
  return (
    <ol className="chat-lines" aria-label="Messages">
      {lines.length === 0 && <li className="nothing">Nobody has written yet.</li>}
      {lines.map(({ id, text, standing }) => (
        <li
          key={id}
          className={`chat-line ${standing in TONES ? TONES[standing as keyof typeof TONES] : 'tone-failed'}`}
        >
          <p>{text}</p>
          <p className="chat-standing">{STANDINGS[standing]}</p>
        </li>
      ))}
    </ol>
  );
}
