/** The page under test: one component with a connection, and a record of everything that happens to it. */
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import * as library from '../../src/index.js';

const { useMessageReducer, useWebSocket } = library;

/** Something that has happened, at a time of `performance.now()`. */
export interface Moment {
  readonly type: string;
  readonly at: number;
  readonly opened?: boolean;
}

/** What the tests see of the page. */
export interface PageApp {
  /** Everything the package exports, for scenarios that need more than the one connection. */
  readonly library: typeof library;
  readonly socket: library.WebSocketHandle;
  /** Every status that was shown, in order. */
  readonly statuses: string[];
  /** `dial` (a socket was asked for), `close`, `pagehide` and `pageshow`, in order. */
  readonly moments: Moment[];
  /** Messages that the handler has seen, as `kind size`. */
  readonly received: string[];
  /** Messages that the reducer has folded, as shown. */
  readonly folded: number;
  readonly renders: number;
  readonly frames: number;
  /** What the page itself has written to its console. */
  readonly said: string[];
}

declare global {
  interface Window {
    underTest: PageApp;
  }
}

const query = new URLSearchParams(location.search);
const url = query.get('url');
const options = JSON.parse(query.get('options') ?? '{}') as library.WebSocketOptions;
const counts = { renders: 0, frames: 0 };
const statuses: string[] = [];
const moments: Moment[] = [];
const received: string[] = [];
const said: string[] = [];

for (const level of ['error', 'warn'] as const) {
  const write = console[level];
  console[level] = (...words: unknown[]) => {
    said.push(words.join(' '));
    write(...words);
  };
}
for (const type of ['pagehide', 'pageshow']) {
  addEventListener(type, () => moments.push({ type, at: performance.now() }));
}

/** Records every socket that is asked for, also one that the browser does not make. */
window.WebSocket = class extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    moments.push({ type: 'dial', at: performance.now() });
    super(...args);
  }
};

function describe(message: unknown): string {
  if (typeof message === 'string') return `string ${message.length}`;
  if (message instanceof ArrayBuffer) return `ArrayBuffer ${message.byteLength}`;
  return `Blob ${(message as Blob).size}`;
}

function App() {
  const socket = useWebSocket(url, {
    ...options,
    onMessage(message) {
      received.push(describe(message));
    },
  });
  const folded = useMessageReducer(socket, (count: number) => count + 1, 0);
  const { connection, status } = socket;
  useEffect(
    () =>
      connection?.onEvent((event) => {
        if (event.type !== 'close') return;
        moments.push({ type: 'close', at: performance.now(), opened: event.close.opened });
      }),
    [connection],
  );
  useEffect(() => {
    counts.renders += 1;
    if (statuses.at(-1) !== status) statuses.push(status);
    window.underTest = { ...counts, library, socket, statuses, moments, received, folded, said };
  });
  return <output>{status}</output>;
}

const countFrame = (): void => {
  counts.frames += 1;
  requestAnimationFrame(countFrame);
};
countFrame();

const root = document.createElement('main');
document.body.append(root);
createRoot(root).render(
  query.has('strict') ? (
    <StrictMode>
      <App />
    </StrictMode>
  ) : (
    <App />
  ),
);
