// @vitest-environment node
import { createElement, StrictMode, version } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  createConnection,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
  useWebSocketContext,
  WebSocketProvider,
  text,
} from '../../src/index.js';

const construct = vi.fn();
const complaints = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', construct);
  vi.spyOn(console, 'error').mockImplementation(complaints);
  vi.spyOn(console, 'warn').mockImplementation(complaints);
});

afterEach(() => {
  vi.advanceTimersByTime(60_000);
  expect(construct).not.toHaveBeenCalled();
  expect(complaints.mock.calls).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('on the server', () => {
  it('has no document, which these tests rely on', () => {
    expect(typeof document).toBe('undefined');
  });

  it('renders a hook as idle and creates no socket and no timer', () => {
    const url = vi.fn(() => 'wss://a.example');
    function Page() {
      const { status, attempt, error } = useWebSocket(url, { heartbeat: { message: 'ping' } });
      return createElement('p', null, `${status} ${attempt} ${String(error)}`);
    }
    expect(renderToString(createElement(Page))).toContain('idle 0 null');
    expect(url).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('renders a shared connection as idle and does not keep it for the next request', async () => {
    const seen = new Set<unknown>();
    function Page() {
      const { status, connection } = useWebSocket('wss://a.example', { share: true });
      seen.add(connection);
      return createElement('p', null, status);
    }
    expect(renderToString(createElement(Page))).toContain('idle');
    await Promise.resolve();
    await Promise.resolve();
    renderToString(createElement(Page));
    expect(seen.size).toBe(2);
  });

  it('renders a connection of the application as idle, whatever its state in this process', () => {
    const connection = createConnection('wss://a.example');
    connection.close();
    expect(connection.getState().status).toBe('closed');
    const Page = () => createElement('p', null, useWebSocket(connection).status);
    // Before React 18 an external store has no server snapshot.
    expect(renderToString(createElement(Page))).toContain(Number.parseInt(version) >= 18 ? 'idle' : 'closed');
  });

  it('renders readers with their initial state', () => {
    const connection = createConnection('wss://a.example', { contract: text() });
    function Page() {
      const count = useMessageReducer(connection, (n) => n + 1, 0);
      const latest = useLatestMessage(connection);
      return createElement('p', null, `${count} ${String(latest)}`);
    }
    expect(renderToString(createElement(Page))).toContain('0 undefined');
  });

  it('renders the children of a provider', () => {
    const Child = () => createElement('i', null, useWebSocketContext().status);
    const page = createElement(WebSocketProvider, { url: 'wss://a.example' }, createElement(Child));
    expect(renderToString(createElement(StrictMode, null, page))).toContain('<i>idle</i>');
  });
});
