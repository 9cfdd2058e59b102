/** The page under test: one component with a connection, and a record of its events. */
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import * as library from '../../src/index.js';

const { useMessageReducer, useWebSocket } = library;

/** An event and its time, from `performance.now()`. */
export interface PageEvent {
  readonly type: string;
  readonly at: number;
  readonly opened?: boolean;
}

/** What the page exposes to the tests. */
export interface PageApp {
  /** Everything the package exports, for scenarios that need more than the one connection. */
  readonly library: typeof library;
  readonly socket: library.WebSocketHandle;
  /** Every rendered status, in order. */
  readonly statuses: string[];
  /** `dial` (a call of `new WebSocket`), `close`, `pagehide` and `pageshow`, in order. */
  readonly events: PageEvent[];
  /** The messages that the handler got, as kind and size. */
  readonly received: string[];
  /** The rendered number of messages that the reducer got. */
  readonly reduced: number;
  readonly renders: number;
  readonly frames: number;
  /** Warnings and errors that the page has written to its console. */
  readonly consoleMessages: string[];
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
const events: PageEvent[] = [];
const received: string[] = [];
const consoleMessages: string[] = [];

for (const level of ['error', 'warn'] as const) {
  const write = console[level];
  console[level] = (...args: unknown[]) => {
    consoleMessages.push(args.join(' '));
    write(...args);
  };
}
for (const type of ['pagehide', 'pageshow']) {
  addEventListener(type, () => events.push({ type, at: performance.now() }));
}

/** Records every call of the constructor, also those that throw. */
window.WebSocket = class extends WebSocket {
  constructor(...args: ConstructorParameters<typeof WebSocket>) {
    events.push({ type: 'dial', at: performance.now() });
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
  const reduced = useMessageReducer(socket, (count: number) => count + 1, 0);
  const { connection, status } = socket;
  useEffect(
    () =>
      connection?.onEvent((event) => {
        if (event.type !== 'close') return;
        events.push({ type: 'close', at: performance.now(), opened: event.close.opened });
      }),
    [connection],
  );
  useEffect(() => {
    counts.renders += 1;
    if (statuses.at(-1) !== status) statuses.push(status);
    window.underTest = { ...counts, library, socket, statuses, events, received, reduced, consoleMessages };
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
