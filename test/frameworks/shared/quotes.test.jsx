// The tests of an application, as its developers would write them with `react-websocket-hooks/testing`. They run in
// every test runner, and so use what Jest and Vitest have in common.
import { act, cleanup, render, screen } from '@testing-library/react';
import {
  createConnection,
  json,
  useLatestMessage,
  useWebSocket,
  WebSocketProvider,
} from 'react-websocket-hooks';
import { describeCloseCode } from 'react-websocket-hooks/close-codes';
import { WebSocketError } from 'react-websocket-hooks/core';
import { WebSocketInspector } from 'react-websocket-hooks/devtools';
import { createTestServer } from 'react-websocket-hooks/testing';

const runner = typeof vi === 'undefined' ? jest : vi;
const server = createTestServer({ act });

function Quotes({ url = 'wss://example.com/quotes' }) {
  const socket = useWebSocket(url, { contract: json(), WebSocket: server.WebSocket });
  const quote = useLatestMessage(socket);
  return (
    <>
      <p data-testid="status">{socket.status}</p>
      <p data-testid="price">{quote?.price}</p>
      <p data-testid="hint">{socket.error?.hint}</p>
      <button onClick={() => socket.send({ watch: 'ACME' })}>Watch</button>
      <WebSocketInspector source={socket} />
    </>
  );
}

const shown = (name) => screen.getByTestId(name).textContent;

beforeEach(() => {
  runner.useFakeTimers();
});

afterEach(() => {
  cleanup();
  server.reset();
  runner.useRealTimers();
});

describe('a component with a WebSocket', () => {
  it('shows messages', () => {
    render(<Quotes />);
    expect(shown('status')).toBe('connecting');
    server.socket.accept();
    expect(shown('status')).toBe('open');
    server.socket.send('{"price":1}', '{"price":2}');
    act(() => {
      runner.advanceTimersByTime(100);
    });
    expect(shown('price')).toBe('2');
  });

  it('comes back after a restart of the server (1012)', () => {
    render(<Quotes />);
    server.socket.accept();
    server.socket.close(1012);
    expect(shown('status')).toBe('reconnecting');
    act(() => {
      runner.advanceTimersByTime(5_000);
    });
    expect(server.sockets).toHaveLength(2);
    server.socket.accept();
    expect(shown('status')).toBe('open');
  });

  it('fails where the server rejects the data (1003), and says what to do', () => {
    render(<Quotes />);
    server.socket.accept();
    server.socket.close(1003, 'no binary');
    expect(shown('status')).toBe('failed');
    expect(shown('hint')).not.toBe('');
    act(() => {
      runner.advanceTimersByTime(60_000);
    });
    expect(server.sockets).toHaveLength(1);
  });

  it('sends what is clicked', () => {
    render(<Quotes />);
    server.socket.accept();
    screen.getByText('Watch').click();
    expect(server.socket.received).toEqual(['{"watch":"ACME"}']);
  });

  it('gets each event once', () => {
    const heard = [];
    const connection = createConnection('wss://example.com', {
      WebSocket: server.WebSocket,
      onOpen: () => heard.push('open'),
      onMessage: (message) => heard.push(message),
      onClose: ({ code }) => heard.push(code),
    });
    render(<WebSocketProvider url={connection} />);
    server.socket.accept();
    server.socket.send('hello');
    server.socket.close(1000);
    expect(heard).toEqual(['open', 'hello', 1000]);
  });

  it('can be looked at in the inspector', () => {
    const connection = createConnection('wss://example.com', { WebSocket: server.WebSocket });
    render(
      <WebSocketProvider url={connection}>
        <WebSocketInspector source={connection} name="quotes" />
      </WebSocketProvider>,
    );
    server.socket.accept();
    expect(document.body.textContent).toContain('quotes');
  });

  it('closes its socket when it is unmounted', () => {
    const { unmount } = render(<Quotes />);
    server.socket.accept();
    unmount();
    act(() => {
      runner.advanceTimersByTime(0);
    });
    expect(server.socket.closedWith).toMatchObject({ code: 1000 });
  });

  it('starts with a server that knows nothing of the tests before', () => {
    expect(server.sockets).toEqual([]);
    expect(() => server.socket).toThrow('test server');
  });
});

describe('a test server in the place of the global WebSocket', () => {
  it('is found by a component, and leaves again', () => {
    const before = globalThis.WebSocket;
    const restore = server.install();
    const connection = createConnection('wss://example.com');
    const release = connection.retain();
    server.socket.accept();
    expect(connection.getState().status).toBe('open');
    release();
    restore();
    expect(globalThis.WebSocket).toBe(before);
  });
});

it('finds the same classes and data by every entry', () => {
  const connection = createConnection('wss://example.com', { contract: json() });
  const send = () => connection.send(undefined);
  expect(send).toThrow(WebSocketError);
  expect(describeCloseCode(1012).name).toBe('Service Restart');
});
