import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import {
  useMessageReducer,
  useWebSocket,
  type WebSocketHandle,
  type WebSocketOptions,
} from '../../src/index.js';

/** What the page exposes to the tests. */
export interface PageApp {
  readonly socket: WebSocketHandle;
  /** Every status that was rendered, in order. */
  readonly statuses: string[];
  /** The number of calls of `onMessage`. */
  readonly received: number;
  /** The number of messages in the rendered result of the reducer. */
  readonly reduced: number;
  readonly renders: number;
  readonly frames: number;
}

declare global {
  interface Window {
    app: PageApp;
  }
}

const query = new URLSearchParams(location.search);
const url = query.get('url') ?? '';
const options = JSON.parse(query.get('options') ?? '{}') as WebSocketOptions;
const counts = { received: 0, renders: 0, frames: 0 };

function App() {
  const socket = useWebSocket(url, {
    ...options,
    onMessage() {
      counts.received += 1;
    },
  });
  const reduced = useMessageReducer(socket, (count: number) => count + 1, 0);
  useEffect(() => {
    counts.renders += 1;
    const { statuses = [] } = (window as Partial<Window>).app ?? {};
    if (statuses.at(-1) !== socket.status) statuses.push(socket.status);
    window.app = { ...counts, socket, statuses, reduced };
  });
  return <output>{socket.status}</output>;
}

const countFrame = (): void => {
  counts.frames += 1;
  requestAnimationFrame(countFrame);
};
countFrame();

const root = document.createElement('main');
document.body.append(root);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
