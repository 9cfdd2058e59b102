import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import {
  useMessageReducer,
  useWebSocket,
  type WebSocketHandle,
  type WebSocketOptions,
} from '../../src/index.js';

/** What the tests see of the page. */
export interface PageApp {
  readonly socket: WebSocketHandle;
  /** Every status that was shown, in order. */
  readonly statuses: string[];
  /** Messages that the handler has seen. */
  readonly heard: number;
  /** Messages that the reducer has folded, as shown. */
  readonly folded: number;
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
const seen = { heard: 0, renders: 0, frames: 0 };

function App() {
  const socket = useWebSocket(url, {
    ...options,
    onMessage() {
      seen.heard += 1;
    },
  });
  const folded = useMessageReducer(socket, (count: number) => count + 1, 0);
  useEffect(() => {
    seen.renders += 1;
    const { statuses = [] } = (window as Partial<Window>).app ?? {};
    if (statuses.at(-1) !== socket.status) statuses.push(socket.status);
    window.app = { ...seen, socket, statuses, folded };
  });
  return <output>{socket.status}</output>;
}

const countFrame = (): void => {
  seen.frames += 1;
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
