import { act, cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketDevtools, type WebSocketDevtoolsProps } from '../../src/devtools/index.js';
import { createConnection, json } from '../../src/index.js';
import { createTestServer } from '../../src/testing/index.js';

// jsdom computes styles slowly, and nothing here is hidden by them.
configure({ defaultHidden: true });

const STORAGE_KEY = 'react-websocket-hooks:devtools';

const stops: (() => void)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  for (const stop of stops.splice(0)) act(stop);
  act(() => void vi.advanceTimersByTime(100));
  expect(vi.getTimerCount(), 'no timer is left').toBe(0);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const frame = (): void => act(() => void vi.advanceTimersByTime(100));

/** A connection in use, with a server. */
function connect(url: string) {
  const server = createTestServer({ act });
  const connection = createConnection(url, {
    WebSocket: server.WebSocket,
    random: () => 0.5,
    contract: json(),
  });
  let stop = (): void => undefined;
  const use = (): void => {
    const release = connection.retain();
    stop = () => {
      release();
      vi.advanceTimersByTime(0);
    };
    stops.push(() => stop());
  };
  act(use);
  return {
    server,
    connection,
    use: (): void => act(use),
    release(): void {
      act(() => stop());
      stop = () => undefined;
    },
  };
}

const renderDevtools = (props: WebSocketDevtoolsProps = {}) =>
  render(<WebSocketDevtools {...props} />, { wrapper: StrictMode });
const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole('button', { name }));
const open = (): void => {
  press(/^Open WebSocket devtools/);
  frame();
};
/** The listed connections: name, state and counts. */
const getConnections = (): string[] => {
  frame();
  return within(screen.getByRole('list', { name: 'Connections' }))
    .getAllByRole('button')
    .map(({ textContent }) => textContent.trim());
};
const getSelected = (): HTMLElement => screen.getByRole('region', { name: /^Connection / });
const getEvents = (): (string | null)[] => {
  frame();
  return [...getSelected().querySelectorAll('.rwh-type')].map(({ textContent }) => textContent);
};

describe('WebSocketDevtools', () => {
  it('shows a button with the number of connections, which opens the panel', () => {
    connect('wss://a.example/');
    connect('wss://b.example/');
    renderDevtools();
    expect(screen.queryByRole('list', { name: 'Connections' })).toBeNull();
    press('Open WebSocket devtools (2 connections)');
    expect(getConnections()).toHaveLength(2);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Close WebSocket devtools' }));
    press('Close WebSocket devtools');
    expect(document.activeElement).toBe(
      screen.getByRole('button', { name: 'Open WebSocket devtools (2 connections)' }),
    );
  });

  it('closes with Escape, but not while the filter is edited', () => {
    connect('wss://a.example/');
    renderDevtools();
    open();
    fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Escape' });
    fireEvent.keyDown(getSelected(), { key: 'Escape' });
    expect(screen.getByRole('button', { name: /^Open/ })).toBeTruthy();
  });

  it('lists every live connection with its state and counts', () => {
    const a = connect('wss://a.example/');
    renderDevtools();
    open();
    a.server.socket.accept();
    a.server.socket.send('1', '2');
    a.connection.send('3');
    const b = connect('wss://b.example/');
    expect(getConnections()).toEqual([
      'wss://a.example/open↓ 2 received↑ 1 sent',
      'wss://b.example/connecting↓ 0 received↑ 0 sent',
    ]);
    a.server.socket.close(1012);
    b.release();
    expect(getConnections()).toEqual(['wss://a.example/reconnecting↓ 2 received↑ 1 sent']);
    a.release();
    frame();
    expect(screen.getByText(/^No connection is in use/)).toBeTruthy();
  });

  it('numbers connections with the same URL', () => {
    connect('wss://a.example/');
    connect('wss://a.example/');
    renderDevtools();
    open();
    expect(getConnections().map((text) => text.split('connecting')[0])).toEqual([
      'wss://a.example/',
      'wss://a.example/ (2)',
    ]);
  });

  it('records connections while it is closed', () => {
    const a = connect('wss://a.example/');
    renderDevtools();
    a.server.socket.accept();
    a.server.socket.send('1');
    open();
    expect(getEvents()).toEqual(['message', 'open']);
  });

  it('continues the recording of a connection that comes into use again', () => {
    const a = connect('wss://a.example/');
    renderDevtools();
    a.server.socket.accept();
    a.release();
    frame();
    a.use();
    open();
    expect(getEvents()).toEqual(['dial', 'close', 'open']);
    expect(getConnections()).toHaveLength(1);
  });

  it('shows the events of the selected connection', () => {
    const a = connect('wss://a.example/');
    const b = connect('wss://b.example/');
    renderDevtools();
    open();
    a.server.socket.accept();
    b.server.socket.accept();
    b.server.socket.send('{"price":1}');
    expect(getEvents()).toEqual(['open']);
    press(/^wss:\/\/b\.example/);
    expect(getEvents()).toEqual(['message', 'open']);
    expect(getSelected().textContent).toContain('↓messagetext, 11 bytes {"price":1}');
    expect(screen.getByRole('button', { name: /^wss:\/\/b\.example/, current: true })).toBeTruthy();
    b.release();
    frame();
    expect(screen.getByRole('region', { name: 'Connection wss://a.example/' })).toBeTruthy();
  });

  it.each([
    { name: 'Restart (1012)', code: 1012, wasClean: true, status: 'reconnecting' },
    { name: 'Reject data (1003)', code: 1003, wasClean: true, status: 'failed' },
    { name: 'Lose connection (1006)', code: 1006, wasClean: false, status: 'reconnecting' },
  ])('acts out: $name', ({ name, code, wasClean, status }) => {
    const a = connect('wss://a.example/');
    renderDevtools();
    open();
    expect(screen.getByRole('button', { name })).toHaveProperty('disabled', true);
    a.server.socket.accept();
    press(name);
    expect(a.connection.getState()).toMatchObject({ status, lastClose: { code, wasClean } });
    frame();
    expect(within(getSelected()).getByRole('status').textContent).toBe(status);
    expect(screen.getByRole('button', { name })).toHaveProperty('disabled', true);
  });

  it('silences the open socket and ends that', () => {
    const a = connect('wss://a.example/');
    const received: unknown[] = [];
    a.connection.onMessage((message) => received.push(message));
    const { unmount } = renderDevtools();
    open();
    expect(screen.getByRole('button', { name: 'Silence' })).toHaveProperty('disabled', true);
    a.server.socket.accept();
    press('Silence');
    a.server.socket.send('1');
    expect(getConnections()).toEqual(['wss://a.example/opensilenced↓ 0 received↑ 0 sent']);
    press('Silence');
    a.server.socket.send('2');
    expect(getConnections()).toEqual(['wss://a.example/open↓ 1 received↑ 0 sent']);
    press('Silence');
    a.server.socket.send('3');
    unmount();
    a.server.socket.send('4');
    expect(received, 'unmounting ends it too').toEqual([2, 4]);
  });

  it('shows that the next socket of a silenced connection is not silent', () => {
    const a = connect('wss://a.example/');
    renderDevtools();
    open();
    a.server.socket.accept();
    press('Silence');
    a.server.socket.drop();
    expect(getConnections()[0]).not.toContain('silenced');
    act(() => void vi.advanceTimersByTime(5_000));
    a.server.socket.accept();
    expect(screen.getByRole('button', { name: 'Silence', pressed: false })).toBeTruthy();
    a.server.socket.send('1');
    expect(getConnections()).toEqual(['wss://a.example/open↓ 1 received↑ 0 sent']);
  });

  it('reconnects and closes the connection with its buttons', () => {
    const a = connect('wss://a.example/');
    renderDevtools();
    open();
    press('Close');
    expect(a.connection.getState().status).toBe('closed');
    press('Reconnect');
    expect(a.connection.getState().status).toBe('connecting');
  });

  it('keeps at most limit events for each connection', () => {
    const a = connect('wss://a.example/');
    renderDevtools({ limit: 5 });
    a.server.socket.accept();
    for (let i = 0; i < 20; i += 1) a.server.socket.send(String(i));
    open();
    expect(getEvents()).toHaveLength(5);
  });

  it('gives its style element the nonce of the page', () => {
    renderDevtools({ nonce: 'r4nd0m' });
    expect(document.querySelector('section style')!.getAttribute('nonce')).toBe('r4nd0m');
  });

  it('renders nothing on a server and hydrates without a warning', () => {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ isOpen: true }));
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const container = document.createElement('div');
    document.body.append(container);
    container.innerHTML = renderToString(<WebSocketDevtools />);
    expect(container.innerHTML).toBe('');
    // Before React 18, use-sync-external-store takes jsdom for a browser and warns about its layout effect.
    errors.mockClear();
    render(<WebSocketDevtools />, { container, hydrate: true });
    expect(screen.getByRole('button', { name: 'Close WebSocket devtools' })).toBeTruthy();
    expect(errors).not.toHaveBeenCalled();
    errors.mockRestore();
  });
});

describe('the settings of WebSocketDevtools', () => {
  const getSection = (): HTMLElement => screen.getByRole('region', { name: 'WebSocket devtools' });
  const getStored = (): unknown => JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null');

  it('are those of the props on the first visit', () => {
    renderDevtools({ initialIsOpen: true, initialPosition: 'top-left' });
    expect(getSection().className).toContain('rwh-at-top-left');
    expect(screen.getByRole('button', { name: 'Close WebSocket devtools' })).toBeTruthy();
  });

  it('are remembered', () => {
    const { unmount } = renderDevtools();
    open();
    fireEvent.change(screen.getByRole('combobox', { name: 'Position of the panel' }), {
      target: { value: 'top-right' },
    });
    fireEvent.keyDown(screen.getByRole('separator'), { key: 'ArrowDown' });
    expect(getStored()).toEqual({ isOpen: true, position: 'top-right', height: 580 });
    unmount();
    renderDevtools();
    expect(getSection().className).toContain('rwh-at-top-right');
    expect(screen.getByRole('separator').getAttribute('aria-valuenow')).toBe('580');
  });

  it('have a height that arrow keys and the pointer change within limits', () => {
    renderDevtools({ initialIsOpen: true });
    const handle = screen.getByRole('separator');
    const getHeight = () => handle.getAttribute('aria-valuenow');
    fireEvent.keyDown(handle, { key: 'ArrowUp' });
    expect(getHeight()).toBe('580');
    fireEvent.keyDown(handle, { key: 'Tab' });
    expect(getHeight()).toBe('580');
    for (let i = 0; i < 60; i += 1) fireEvent.keyDown(handle, { key: 'ArrowUp' });
    expect(getHeight()).toBe('1200');
    for (let i = 0; i < 60; i += 1) fireEvent.keyDown(handle, { key: 'ArrowDown' });
    expect(getHeight()).toBe('240');
    const move = (buttons: number, movementY: number): void => {
      const event = new MouseEvent('pointermove', { bubbles: true, buttons });
      Object.defineProperty(event, 'movementY', { value: movementY });
      fireEvent(handle, event);
    };
    move(1, -100);
    expect(getHeight()).toBe('340');
    move(0, -100);
    expect(getHeight(), 'no button is pressed').toBe('340');
  });

  it.each<[string, string]>([
    ['is not JSON', '{'],
    ['is null', 'null'],
    ['has other types', JSON.stringify({ isOpen: 'yes', position: 5, height: '10' })],
    ['is out of range', JSON.stringify({ position: 'middle', height: -1 })],
  ])('are the defaults when what is stored %s', (_what, stored) => {
    localStorage.setItem(STORAGE_KEY, stored);
    renderDevtools();
    expect(getSection().className).toContain('rwh-at-bottom-right');
    open();
    expect(screen.getByRole('separator').getAttribute('aria-valuenow')).toBe('560');
  });

  it.each<[string, unknown]>([
    ['is missing', undefined],
    [
      'refuses access',
      new Proxy(
        {},
        {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        },
      ),
    ],
  ])('last for the visit when the storage %s', (_what, storage) => {
    vi.stubGlobal('localStorage', storage);
    renderDevtools();
    open();
    expect(screen.getByRole('button', { name: 'Close WebSocket devtools' })).toBeTruthy();
    vi.unstubAllGlobals();
  });
});
