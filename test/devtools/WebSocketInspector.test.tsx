import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection, json, useWebSocket } from '../../src/index.js';
import { WebSocketInspector } from '../../src/devtools/index.js';
import { createTestServer } from '../../src/testing/index.js';

const URL_A = 'wss://example.com/quotes';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  act(() => void vi.advanceTimersByTime(100));
  expect(vi.getTimerCount(), 'no timer is left').toBe(0);
  vi.useRealTimers();
});

/** Renders an inspector of a retained connection. */
function inspect(limit?: number) {
  const server = createTestServer({ act });
  const connection = createConnection(URL_A, {
    WebSocket: server.WebSocket,
    random: () => 0.5,
    contract: json(),
  });
  render(<WebSocketInspector source={connection} name="quotes" limit={limit} />, { wrapper: StrictMode });
  let release = (): void => undefined;
  act(() => {
    release = connection.retain();
  });
  return {
    server,
    connection,
    end: () => act(() => (release(), void vi.advanceTimersByTime(0))),
  };
}
const frame = (): void => act(() => void vi.advanceTimersByTime(100));
const lines = (): (string | null)[] => {
  frame();
  const list = screen.queryByRole('list');
  return list
    ? within(list)
        .getAllByRole('listitem')
        .map((line) => line.querySelector('.rwh-type')!.textContent)
    : [];
};
const count = (name: string) => screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

describe('WebSocketInspector', () => {
  it('clears its recording when it gets another connection', () => {
    const server = createTestServer({ act });
    const create = (url: string) => createConnection(url, { WebSocket: server.WebSocket });
    const [one, two] = [create(URL_A), create('wss://example.com/trades')];
    const releases = [one, two].map((connection) => connection.retain());
    server.sockets[0]?.accept();
    const { rerender } = render(<WebSocketInspector source={one} />);
    act(() => server.sockets[0]?.send('only of one'));
    frame();
    expect(count('Received')).toBe('1 11 bytes');
    rerender(<WebSocketInspector source={two} />);
    expect(count('Received')).toBe('0 0 bytes');
    expect(lines()).toEqual([]);
    for (const release of releases) release();
    act(() => void vi.advanceTimersByTime(0));
  });

  it('shows the state and its cause', () => {
    const { server, end } = inspect();
    const status = () => screen.getByRole('status').textContent;
    expect(status()).toBe('connecting');
    server.socket.accept();
    expect(status()).toBe('open');
    server.socket.close(1012, 'deploy');
    expect(status()).toBe('reconnecting');
    expect(screen.getByText('1012 Service Restart')).toBeTruthy();
    expect(screen.getByText('deploy')).toBeTruthy();
    expect(screen.getByRole('timer').textContent).toBe('3.0 s');
    act(() => void vi.advanceTimersByTime(1_000));
    expect(screen.getByRole('timer').textContent).toBe('2.0 s');
    act(() => void vi.advanceTimersByTime(2_000));
    server.socket.accept();
    server.socket.close(1003, 'text only');
    expect(status()).toBe('failed');
    expect(screen.getByText(/text only/)).toBeTruthy();
    expect(screen.getByText(/then call reconnect/)).toBeTruthy();
    end();
  });

  it('lists every event, newest first, and shows a message when its line is expanded', () => {
    const { server, connection, end } = inspect();
    server.socket.accept();
    server.socket.send('{"price":118.25}', '{');
    connection.send({ watch: 'ACME' });
    expect(lines()).toEqual(['sent', 'violation', 'message', 'open', 'dial']);
    expect(screen.queryByText(/118\.25/)).toBeNull();
    const details = within(screen.getByRole('list')).getAllByRole('listitem')[2]!.querySelector('details')!;
    act(() => {
      details.open = true;
      details.dispatchEvent(new Event('toggle'));
    });
    expect(screen.getByText(/118\.25/)).toBeTruthy();
    expect([count('Received'), count('Sent'), count('Violations')]).toEqual([
      '1 16 bytes',
      '1 16 bytes',
      '1 ',
    ]);
    end();
  });

  it('renders a burst once and keeps at most limit events', () => {
    const { server, end } = inspect(50);
    server.socket.accept();
    for (let i = 0; i < 200; i += 1) server.socket.send(String(i));
    expect(lines()).toHaveLength(50);
    expect(count('Received')).toMatch(/^200 /);
    end();
  });

  it('filters, pauses and clears the list', () => {
    const { server, end } = inspect();
    server.socket.accept();
    server.socket.send('1');
    frame();
    fireEvent.click(screen.getByRole('button', { name: 'Messages' }));
    expect(lines()).toEqual(['open', 'dial']);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'dial' } });
    expect(lines()).toEqual(['open', 'dial']);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nowhere' } });
    expect(screen.getByText('No event fits the filter.')).toBeTruthy();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: '' } });
    fireEvent.click(screen.getByRole('button', { name: 'Messages' }));

    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    server.socket.send('2');
    expect(lines()).toEqual(['message', 'open', 'dial']);
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(lines()).toEqual(['message', 'message', 'open', 'dial']);
    fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(screen.getByText('Nothing has happened yet.')).toBeTruthy();
    expect(count('Received')).toMatch(/^0 /);
    end();
  });

  it('closes and reconnects the connection with its buttons', () => {
    const { server, connection, end } = inspect();
    server.socket.accept();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(connection.getState().status).toBe('closed');
    fireEvent.click(screen.getByRole('button', { name: 'Reconnect' }));
    expect(connection.getState().status).toBe('connecting');
    end();
  });

  it('observes a connection without retaining it', () => {
    const server = createTestServer({ act });
    const connection = createConnection(URL_A, { WebSocket: server.WebSocket });
    render(<WebSocketInspector source={connection} />);
    frame();
    expect(connection.getState().status).toBe('idle');
    expect(server.sockets).toEqual([]);
    expect(screen.getByRole('region', { name: 'Inspector of WebSocket' })).toBeTruthy();
  });

  it('accepts the handle of a hook, and null', () => {
    const server = createTestServer({ act });
    const Client = () => {
      const socket = useWebSocket(URL_A, { WebSocket: server.WebSocket });
      return <WebSocketInspector source={socket} />;
    };
    const { rerender } = render(<Client />);
    server.socket.accept();
    expect(screen.getByRole('status').textContent).toBe('open');
    rerender(<WebSocketInspector source={null} />);
    expect(screen.getByRole('status').textContent).toBe('idle');
    expect(screen.getByRole('button', { name: 'Reconnect' })).toHaveProperty('disabled', true);
  });

  it('renders on a server', () => {
    expect(renderToString(<WebSocketInspector source={createConnection(URL_A)} />)).toContain('idle');
  });
});
