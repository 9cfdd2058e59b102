import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection, type DialContext, useWebSocket, type WebSocketHandle } from '../../src/index.js';
import { createFakeServer } from '../support/fakeSocket.js';

/** Ways in which a platform lacks something, wholly or in part. */
const platforms: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ...['TextEncoder', 'TextDecoder', 'process', 'reportError', 'navigator', 'performance', 'Blob'].map(
    (name) => [`no ${name}`, { [name]: undefined }] as const,
  ),
  ...[
    'structuredClone',
    'queueMicrotask',
    'requestAnimationFrame',
    'MessageEvent',
    'CloseEvent',
    'location',
    'AbortController',
    'crypto',
  ].map((name) => [`no ${name}`, { [name]: undefined }] as const),
  [
    'a URL without canParse',
    {
      URL: class extends URL {
        static override canParse = undefined as unknown as typeof URL.canParse;
      },
    },
  ],
  ['an empty process', { process: {} }],
  ['an empty performance', { performance: {} }],
  ['an empty navigator', { navigator: {} }],
  ['a console without methods', { console: {} }],
  ['a page without listeners', { addEventListener: undefined, removeEventListener: undefined }],
  ['a console that is missing', { console: undefined }],
];

/** Pages that are half there, on which React itself does not run. */
const halfPages: typeof platforms = [
  ['no document', { document: undefined }],
  ['null as document', { document: null }],
  ['an empty document', { document: {} }],
  ['a document that is hidden and tells nothing', { document: { hidden: true } }],
  ['a document whose listeners stay', { document: { addEventListener: () => undefined } }],
  ['a page whose listeners stay', { removeEventListener: undefined }],
  ['no window', { window: undefined }],
  ['an empty window', { window: {} }],
  ['null as navigator', { navigator: null }],
  ['an empty location', { location: {} }],
  ['neither window nor document', { window: undefined, document: undefined, location: undefined }],
];

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe.each([...platforms, ...halfPages])('on a platform with %s', (_, missing) => {
  it('a connection opens, sends, comes back after an outage and closes', () => {
    for (const [name, value] of Object.entries(missing)) vi.stubGlobal(name, value);
    const server = createFakeServer();
    const connection = createConnection('wss://example.com/', { WebSocket: server.WebSocket });
    connection.send('queued ü');
    const release = connection.retain();
    server.socket.accept();
    expect(connection.send('text')).toBe('sent');
    expect(connection.send(new Uint8Array([1]))).toBe('sent');
    server.socket.serverClose(1012);
    expect(connection.getState()).toMatchObject({ status: 'reconnecting', waitingFor: 'delay' });
    vi.advanceTimersByTime(5_000);
    server.socket.accept();
    expect(connection.getState().status).toBe('open');
    connection.close(4000, 'enough ü');
    expect(connection.getState()).toMatchObject({ status: 'closed', lastClose: { code: 4000 } });
    release();
    vi.advanceTimersByTime(0);
    expect(server.sockets.map(({ sent }) => sent.length)).toEqual([3, 0]);
  });

  it('a bad address is a setup error, and an exception of a callback disturbs nothing', () => {
    for (const [name, value] of Object.entries(missing)) vi.stubGlobal(name, value);
    if ('reportError' in missing) vi.spyOn(console, 'error').mockReturnValue(undefined);
    else vi.stubGlobal('reportError', () => undefined);
    const { WebSocket } = createFakeServer();
    const connection = createConnection('ftp://example.com/', {
      WebSocket,
      onError() {
        throw new Error('This callback is broken.');
      },
    });
    const release = connection.retain();
    expect(connection.getState()).toMatchObject({ status: 'failed', error: { kind: 'setup' } });
    release();
    vi.advanceTimersByTime(0);
  });
});

describe.each(platforms.filter(([, missing]) => !('requestAnimationFrame' in missing)))(
  'on a page with %s',
  (_, missing) => {
    it('useWebSocket shows the states of its connection', () => {
      const server = createFakeServer();
      let handle: WebSocketHandle | null = null;
      function Quotes() {
        handle = useWebSocket('wss://example.com/', { WebSocket: server.WebSocket });
        return <p>{handle.status}</p>;
      }
      for (const [name, value] of Object.entries(missing)) {
        // React itself needs these two.
        if (name !== 'process' && name !== 'performance' && name !== 'console') vi.stubGlobal(name, value);
      }
      const { container, unmount } = render(<Quotes />);
      expect(container.textContent).toBe('connecting');
      act(() => void server.socket.accept());
      expect(container.textContent).toBe('open');
      expect(handle!.send('text')).toBe('sent');
      act(() => server.socket.drop());
      expect(container.textContent).toBe('reconnecting');
      unmount();
      vi.advanceTimersByTime(0);
      expect(vi.getTimerCount()).toBe(0);
    });
  },
);

describe('on a platform without AbortController', () => {
  it('a URL function is called without a signal', () => {
    vi.stubGlobal('AbortController', undefined);
    const { WebSocket } = createFakeServer();
    const url = vi.fn((_context: DialContext) => 'wss://example.com/');
    const connection = createConnection(url, { WebSocket });
    const release = connection.retain();
    expect(connection.getState().status).toBe('connecting');
    expect(url.mock.calls[0]?.[0]).toMatchObject({ attempt: 0, signal: undefined });
    release();
    vi.advanceTimersByTime(0);
  });
});
