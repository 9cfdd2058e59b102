import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketInspector, type WebSocketInspectorProps } from '../../src/devtools/index.js';
import { styles } from '../../src/devtools/styles.js';
import { createConnection, json, type MessageContract, useWebSocket } from '../../src/index.js';
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
function inspect(
  props: Partial<WebSocketInspectorProps> = {},
  contract: MessageContract<unknown, unknown> = json(),
) {
  const server = createTestServer({ act });
  const connection = createConnection(URL_A, {
    WebSocket: server.WebSocket,
    random: () => 0.5,
    contract,
  });
  render(<WebSocketInspector source={connection} name="quotes" {...props} />, { wrapper: StrictMode });
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
const getRows = (): HTMLElement[] => {
  frame();
  const list = screen.queryByRole('list', { name: 'Events, newest first' });
  return list ? [...list.querySelectorAll<HTMLElement>('.rwh-event')] : [];
};
/** The types of the listed events, newest first. */
const lines = (): (string | null)[] => getRows().map((row) => row.querySelector('.rwh-type')!.textContent);
const openRow = (index: number): string | null => {
  const details = getRows()[index]!.querySelector('details')!;
  act(() => {
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
  });
  return details.querySelector('pre')!.textContent;
};
const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole('button', { name }));
const search = (value: string): void =>
  void fireEvent.change(screen.getByRole('searchbox'), { target: { value } });
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

  it('lists every event, newest first, with the beginning of its message and all of it when opened', () => {
    const { server, connection, end } = inspect();
    server.socket.accept();
    server.socket.send('{"price":118.25}', '{');
    connection.send({ watch: 'ACME' });
    expect(lines()).toEqual(['sent', 'violation', 'message', 'open', 'dial']);
    expect(getRows()[2]!.textContent).toContain('↓messagetext, 16 bytes {"price":118.25}');
    expect(getRows()[0]!.textContent).toContain('↑senttext, 16 bytes {"watch":"ACME"}');
    expect(openRow(2)).toBe('{\n  "price": 118.25\n}');
    expect([count('Received'), count('Sent'), count('Violations')]).toEqual([
      '1 16 bytes',
      '1 16 bytes',
      '1 ',
    ]);
    end();
  });

  it('renders a burst once and keeps at most limit events', () => {
    const { server, end } = inspect({ limit: 50 });
    server.socket.accept();
    for (let i = 0; i < 200; i += 1) server.socket.send(String(i));
    expect(lines()).toHaveLength(50);
    expect(count('Received')).toMatch(/^200 /);
    end();
  });

  it('keeps at most maxBytes', () => {
    const { server, end } = inspect({ maxBytes: 5_000 });
    server.socket.accept();
    for (let i = 0; i < 20; i += 1) server.socket.send(JSON.stringify('x'.repeat(1_000)));
    expect(lines()).toEqual(['message', 'message', 'message', 'message']);
    expect(count('Received')).toMatch(/^20 /);
    end();
  });

  it('shows the newest hundred events and older ones on request', () => {
    const { server, end } = inspect();
    server.socket.accept();
    for (let i = 0; i < 300; i += 1) server.socket.send(String(i));
    expect(lines()).toHaveLength(100);
    press('Show older events (202 more)');
    expect(lines()).toHaveLength(200);
    end();
  });

  it('filters the list by group and text', () => {
    const { server, end } = inspect();
    server.socket.accept();
    server.socket.send('{"symbol":"ACME"}');
    frame();
    press('Received');
    expect(lines()).toEqual(['open', 'dial']);
    search('DIAL');
    expect(lines()).toEqual(['dial']);
    search('nowhere');
    expect(screen.getByText('No event matches the filter.')).toBeTruthy();
    press('Received');
    search('acme');
    expect(lines(), 'messages are searched').toEqual(['message']);
    end();
  });

  it('pauses and clears the list', () => {
    const { server, end } = inspect();
    server.socket.accept();
    server.socket.send('1');
    frame();
    press('Pause');
    server.socket.send('2');
    expect(lines()).toEqual(['message', 'open', 'dial']);
    expect(count('Received')).toMatch(/^1 /);
    press('Pause');
    expect(lines()).toEqual(['message', 'message', 'open', 'dial']);
    press('Clear');
    expect(screen.getByText('No events yet.')).toBeTruthy();
    expect(count('Received')).toMatch(/^0 /);
    end();
  });

  it('draws a timeline and describes it for screen readers', () => {
    const { server, end } = inspect();
    act(() => void vi.advanceTimersByTime(1_000));
    server.socket.accept();
    server.socket.send('1', '2');
    act(() => void vi.advanceTimersByTime(2_000));
    server.socket.close(1012, 'deploy');
    act(() => void vi.advanceTimersByTime(2_000));
    const strip = screen.getByRole('img');
    expect(strip.getAttribute('aria-label')).toBe(
      'Timeline of the last 15 s: connecting 1.0 s, then open 2.0 s, then waiting 2.0 s. ' +
        '1 attempt, 1 close (1012), 0 frames sent, 2 received.',
    );
    expect([...strip.querySelectorAll('.rwh-phase')].map(({ textContent }) => textContent)).toEqual([
      'connecting',
      'open',
      'waiting',
    ]);
    expect(strip.querySelector('.rwh-mark-close')!.textContent).toBe('1012');
    end();
  });

  describe('copying', () => {
    const stubClipboard = (writeText: (text: string) => Promise<void>): void => {
      vi.stubGlobal('navigator', { clipboard: { writeText } });
    };
    afterEach(() => {
      vi.unstubAllGlobals();
    });
    const press = async (name: string): Promise<void> => {
      await act(async () => void fireEvent.click(screen.getByRole('button', { name })));
    };

    it('copies one message in full, and all listed events as lines', async () => {
      const copied: string[] = [];
      stubClipboard(async (text) => void copied.push(text));
      const { server, end } = inspect();
      server.socket.accept();
      server.socket.send(JSON.stringify({ text: 'x'.repeat(9_000) }));
      openRow(0);
      await press('Copy');
      expect(JSON.parse(copied[0]!)).toEqual({ text: 'x'.repeat(9_000) });
      expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy();
      act(() => void vi.advanceTimersByTime(1_500));
      await press('Copy all');
      expect(copied[1]!.split('\n').map((line) => line.split(' ')[1])).toEqual(['dial', 'open', 'message']);
      end();
    });

    it.each<[string, () => void]>([
      ['refuses', () => stubClipboard(() => Promise.reject(new Error('not allowed')))],
      ['is missing', () => vi.stubGlobal('navigator', {})],
    ])('says when the clipboard %s', async (_what, stub) => {
      stub();
      const { end } = inspect();
      await press('Copy all');
      expect(screen.getByRole('button', { name: 'Could not copy' })).toBeTruthy();
      end();
    });
  });

  describe('hostile messages', () => {
    const receive = (message: unknown): ReturnType<typeof inspect> => {
      const contract: MessageContract<unknown, unknown> = {
        sends: 'text',
        accepts: 'text',
        encode: () => '',
        decode: () => message,
      };
      const inspected = inspect({}, contract);
      inspected.server.socket.accept();
      inspected.server.socket.send('x');
      return inspected;
    };
    const fail = (): never => {
      throw new Error('must not be called');
    };
    const deep = (): unknown => JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown;

    it.each<[string, () => unknown]>([
      ['deeply nested JSON', deep],
      [
        'a null-prototype object with a bigint',
        (): unknown => Object.assign(Object.create(null), { id: 1n }),
      ],
      [
        'an object with a getter that throws',
        () => Object.defineProperty({}, 'x', { get: fail, enumerable: true }),
      ],
      ['an object with a toJSON that throws', () => ({ toJSON: fail })],
      [
        'an object that cannot be converted to a string',
        () => ({ toString: fail, [Symbol.toPrimitive]: fail }),
      ],
      ['a symbol', () => Symbol('x')],
      [
        'a proxy with traps that throw',
        () => new Proxy({}, { ownKeys: fail, getPrototypeOf: fail, get: fail }),
      ],
    ])('shows a line for %s, which opens', (_what, create) => {
      const { end } = receive(create());
      expect(lines()).toEqual(['message', 'open', 'dial']);
      expect(openRow(0)).not.toBe('');
      search('message');
      expect(lines()).toEqual(['message']);
      end();
    });

    it('renders little of a violation of a million characters', () => {
      const contract: MessageContract<unknown, unknown> = {
        ...json(),
        decode() {
          throw new Error('x'.repeat(1_000_000));
        },
      };
      const { server, end } = inspect({}, contract);
      server.socket.accept();
      for (let i = 0; i < 20; i += 1) server.socket.send('x');
      expect(lines()).toHaveLength(22);
      openRow(0);
      expect(screen.getByRole('region').textContent.length).toBeLessThan(30_000);
      end();
    });

    it('renders little of a close reason of a million characters', () => {
      const { server, end } = inspect();
      server.socket.accept();
      server.socket.close(1012, 'r'.repeat(1_000_000));
      frame();
      expect(screen.getByRole('region').textContent.length).toBeLessThan(20_000);
      end();
    });
  });

  it('closes and reconnects the connection with its buttons', () => {
    const { server, connection, end } = inspect();
    server.socket.accept();
    press('Close');
    expect(connection.getState().status).toBe('closed');
    press('Reconnect');
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

  it('gives its style element the nonce of the page', () => {
    render(<WebSocketInspector source={null} nonce="r4nd0m" />);
    expect(document.querySelector('section style')!.getAttribute('nonce')).toBe('r4nd0m');
  });

  it('renders on a server, and the styles are not changed by escaping', () => {
    const html = renderToString(<WebSocketInspector source={createConnection(URL_A)} nonce="r4nd0m" />);
    expect(html).toContain('idle');
    expect(html).toContain(`<style nonce="r4nd0m">${styles}</style>`);
  });
});
