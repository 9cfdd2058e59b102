import { type ReactElement, useState } from 'react';

import {
  json,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  type WebSocketHandle,
} from '../../src/index.js';
import { ActionButton } from '../demo/ActionButton.js';
import { Demo } from '../demo/Demo.js';
import type { StoryServer } from '../server/storyServer.js';
import './examples.css';

interface Notification {
  readonly id: number;
  readonly text: string;
}

const TEXTS = ['Build 1042 passed', 'Invoice paid', 'New comment on your post', 'Backup finished'];
const contract = json<Notification, never>();
const options = { serve: () => () => undefined };

/** Both components call this; `share` makes them use one socket. */
function useNotifications({ url, WebSocket }: StoryServer): WebSocketHandle<Notification, never> {
  return useWebSocket(url, { WebSocket, contract, share: true });
}

const increment = (count: number): number => count + 1;

/** A bell in the layout and a list on a page, on one connection. */
export function NotificationBell(): ReactElement {
  const [next, setNext] = useState(1);
  const notify = (server: StoryServer): void => {
    const text = TEXTS[(next - 1) % TEXTS.length] ?? '';
    server.send(JSON.stringify({ id: next, text } satisfies Notification));
    setNext(next + 1);
  };
  return (
    <Demo
      options={options}
      name="Notification server"
      showsFrames={false}
      serverActions={(server) => (
        <>
          <ActionButton isPrimary onClick={() => notify(server)}>
            Send a notification
          </ActionButton>
          <ActionButton onClick={() => server.restart()}>Restart (1012), down for 0.8 s</ActionButton>
        </>
      )}
    >
      {(server) => <App server={server} />}
    </Demo>
  );
}

type Page = 'Home' | 'Notifications';

function App({ server }: { readonly server: StoryServer }): ReactElement {
  const [page, setPage] = useState<Page>('Notifications');
  return (
    <div className="app">
      <header className="app-bar">
        <nav aria-label="Pages" className="app-nav">
          {(['Home', 'Notifications'] as const).map((name) => (
            <ActionButton key={name} isPressed={name === page} onClick={() => setPage(name)}>
              {name}
            </ActionButton>
          ))}
        </nav>
        <Bell server={server} />
      </header>
      <div className="app-page">
        {page === 'Home' ? (
          <p>The bell keeps the connection open on every page.</p>
        ) : (
          <Inbox server={server} />
        )}
      </div>
    </div>
  );
}

function Bell({ server }: { readonly server: StoryServer }): ReactElement {
  const socket = useNotifications(server);
  const count = useMessageReducer(socket, increment, 0);
  return (
    <p className="bell" role="status">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21h4" />
      </svg>
      <b>{count}</b> <span className="visually-hidden">{count === 1 ? 'notification' : 'notifications'}</span>
    </p>
  );
}

function Inbox({ server }: { readonly server: StoryServer }): ReactElement {
  const socket = useNotifications(server);
  const latest = useLatestMessage(socket);
  const count = useMessageReducer(socket, increment, 0);
  return (
    <>
      <h2>Notifications</h2>
      <p className="inbox-latest">{latest ? `Latest: ${latest.text}` : 'None since you opened this page.'}</p>
      <p>{count} since you opened this page</p>
    </>
  );
}
