// Code as an application has it. It is type-checked against the installed package and never run.
import {
  createConnection,
  json,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  WebSocketError,
  WebSocketProvider,
} from 'react-websocket-hooks';
import type { Connection } from 'react-websocket-hooks';
import * as core from 'react-websocket-hooks/core';
import { closeCodes, describeCloseCode } from 'react-websocket-hooks/close-codes';
import { WebSocketInspector } from 'react-websocket-hooks/devtools';
import { createTestServer } from 'react-websocket-hooks/testing';
import type { TestServer } from 'react-websocket-hooks/testing';
import { createElement } from 'react';
import type { ReactElement } from 'react';

export const quotes = createConnection('wss://example.com/quotes', { contract: json() });

export function Quotes(): ReactElement {
  const socket = useWebSocket(quotes, { onClose: (close) => close.code });
  const latest = useLatestMessage(socket);
  const count = useMessageReducer(socket, (total: number) => total + 1, 0);
  if (socket.status === 'failed') {
    const error: WebSocketError = socket.error;
    return createElement('p', null, error.hint);
  }
  const result: 'sent' | 'queued' | 'refused' = socket.send({ subscribe: 'AAPL' });
  return createElement('p', null, socket.status, String(latest), count, result);
}

export const app = createElement(WebSocketProvider, { url: 'wss://example.com' }, createElement(Quotes));

// Both entries export the same type.
export const fromCore: Connection = core.createConnection('wss://example.com');
export const sameClass: typeof core.WebSocketError = WebSocketError;

export const texts: string[] = closeCodes.map((entry) => entry.howToFix);
export const restart: string = describeCloseCode(1012).summary;

const server: TestServer = createTestServer({ onDial: (socket) => socket.accept() });
export const played = createConnection('wss://example.com', { WebSocket: server.WebSocket });

export const inspector = createElement(WebSocketInspector, { source: quotes, name: 'quotes' });
