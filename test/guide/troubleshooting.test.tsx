import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Connection,
  createConnection,
  json,
  useWebSocket,
  useWebSocketContext,
  type WebSocketErrorKind,
} from '../../src/index.js';
import { createTestServer } from '../../src/testing/index.js';
import { readPage } from './pages.js';

const URL = 'wss://example.com/quotes';
const page = readPage('stories/guide/troubleshooting.md');
const server = createTestServer();
const { WebSocket } = server;

/** The headings of a chapter, without the marks of code. */
function headingsOf(chapter: string): string[] {
  const text = page.split(`## ${chapter}\n`)[1]!.split(/^## /m)[0]!;
  return [...text.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading!.replaceAll('\\', ''));
}

function thrownBy(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

/** Sends a message that the schema does not allow. */
function receiveViolation(): string {
  const messages: string[] = [];
  const connection = createConnection(URL, {
    WebSocket,
    contract: json(),
    onError: (error) => messages.push(error.message),
  });
  connection.retain();
  server.socket.accept();
  server.socket.send('no JSON');
  return messages.join();
}

function asyncSchema(): string {
  const validate = async (value: unknown): Promise<{ value: unknown }> => Promise.resolve({ value });
  const send = { '~standard': { version: 1 as const, vendor: 'test', validate } };
  return thrownBy(() => createConnection(URL, { contract: json({ send }) }).send({}));
}

function errorOf(url: string, options: { readonly WebSocket?: typeof WebSocket }): string {
  const connection = createConnection(url, options);
  connection.retain();
  return connection.getState().error?.message ?? 'no error';
}

/** Refuses every attempt until the connection gives up. */
function exhaust(): string {
  const connection = createConnection(URL, { WebSocket, reconnect: { maxAttempts: 3 } });
  connection.retain();
  for (let attempt = 0; attempt <= 3; attempt += 1) {
    server.socket.refuse();
    vi.advanceTimersByTime(5_000);
  }
  return connection.getState().error?.message ?? 'no error';
}

/** The output of the console while the server ends one socket after another. */
function warningsOf(connection: Pick<Connection, 'retain'>, endSocket: () => void, waitMs: number): string {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  connection.retain();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    endSocket();
    vi.advanceTimersByTime(waitMs);
  }
  return warn.mock.calls.flat().join();
}

function reconnectInOnClose(): string {
  const connection = createConnection(URL, { WebSocket, onClose: () => connection.reconnect() });
  const refuse = (): void => {
    // The library holds attempts back after the second.
    if (server.socket.state === 'connecting') server.socket.refuse();
  };
  return warningsOf(connection, refuse, 100);
}

function sendWhatEndsTheConnection(): string {
  const onOpen = (): void => void connection.send(new Uint8Array(3));
  const connection = createConnection(URL, { WebSocket, onOpen });
  return warningsOf(
    connection,
    () => {
      server.socket.accept();
      server.socket.drop();
    },
    5_000,
  );
}

/** Each message of the library that the page explains, and how to cause it. */
const causes: Readonly<Record<string, () => string>> = {
  'useWebSocketContext() needs a <WebSocketProvider> above the component': () =>
    thrownBy(() => renderHook(() => useWebSocketContext())),
  'minDelay (1000, the default) exceeds maxDelay (500)': () =>
    thrownBy(() => createConnection(URL, { reconnect: { maxDelay: 500 } })),
  'needs the option key, or in JSX a connection: functions are not compared': () =>
    thrownBy(() => renderHook(() => useWebSocket(() => URL, { share: true }))),
  'needs the option topics: { of }': () =>
    thrownBy(() => createConnection(URL).onMessage(() => {}, { topic: 'AAPL' })),
  'The outgoing message breaks the contract': () => thrownBy(() => createConnection(URL).send({} as string)),
  'The incoming message breaks the contract': receiveViolation,
  'Cannot send undefined as JSON': () =>
    thrownBy(() => createConnection(URL, { contract: json() }).send(undefined)),
  'A schema of the contract validates asynchronously': asyncSchema,
  'close code, unless 1000, must be a number from 3000 to 4999': () =>
    thrownBy(() => createConnection(URL).close(1012)),
  'Cannot make a WebSocket to': () => errorOf('ftp://example.com', { WebSocket }),
  'there is no global WebSocket': () => {
    vi.stubGlobal('WebSocket', undefined);
    return errorOf(URL, {});
  },
  'Gave up after 3 attempts': exhaust,
  'reconnect() was called three times in a row': reconnectInOnClose,
  'in a row ended right after the same kind of frame': sendWhatEndsTheConnection,
};

describe('the messages that the guide explains', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it.each(Object.entries(causes))('are those of the library: %s', (heading, cause) => {
    expect(cause()).toContain(heading);
  });

  it('are all listed here', () => {
    expect(headingsOf('Messages of this library').sort()).toEqual(Object.keys(causes).sort());
  });

  it('include every kind of error', () => {
    for (const kind of ['contract', 'policy', 'exhausted', 'setup'] satisfies WebSocketErrorKind[])
      expect(headingsOf('`status` is `failed`')).toContain(`\`${kind}\``);
  });
});
