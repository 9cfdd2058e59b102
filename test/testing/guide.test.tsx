import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createConnection, json, useLatestMessage, useWebSocket } from '../../src/index.js';
import { createTestServer } from '../../src/testing/index.js';
import { root } from '../setup.mjs';

const consoleError = vi.spyOn(console, 'error');
afterEach(() => {
  expect(consoleError, 'React logs no error').not.toHaveBeenCalled();
});

// The guide quotes the lines from here on.
interface Quote {
  readonly price: number;
}

function Price() {
  const socket = useWebSocket('wss://example.com/quotes', { contract: json<Quote, never>() });
  const quote = useLatestMessage(socket);
  if (socket.status === 'failed') return <p role="alert">{socket.error.hint}</p>;
  return <output>{quote ? quote.price : socket.status}</output>;
}

const server = createTestServer({ act });
let restore: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  restore = server.install();
});
afterEach(() => {
  cleanup();
  vi.runOnlyPendingTimers(); // connections end one task after their last component
  restore();
  vi.useRealTimers();
});

it('shows the price, and reconnects after a restart', () => {
  render(<Price />, { wrapper: StrictMode });
  server.socket.accept();
  server.socket.send('{"price":118.25}');
  act(() => void vi.advanceTimersByTime(100));
  expect(screen.getByRole('status').textContent).toBe('118.25');

  server.socket.close(1012, 'deploy');
  act(() => void vi.advanceTimersByTime(5_000));
  expect(server.sockets).toHaveLength(2);

  server.socket.accept();
  server.socket.close(1003);
  expect(screen.getByRole('alert').textContent).not.toBe('');
});
// End of the lines that the guide quotes.

const connection = createConnection('wss://example.com/module');

function OfModule() {
  return <output>{useWebSocket(connection).status}</output>;
}

function Sharing() {
  return <output>{useWebSocket('wss://example.com/shared', { share: true }).status}</output>;
}

describe.each([
  ['of a module', OfModule],
  ['that is shared', Sharing],
])('a connection %s', (_, Component) => {
  it.each([1, 2])('is dialled anew in each test, number %i', (number) => {
    if (number === 2) server.reset();
    const before = server.sockets.length;
    render(<Component />);
    expect(screen.getByRole('status').textContent).toBe('connecting');
    server.socket.accept();
    expect(screen.getByRole('status').textContent).toBe('open');
    expect(server.sockets).toHaveLength(before + 1);
  });
});

it('is quoted in the guide without changes', () => {
  const own = readFileSync(import.meta.filename, 'utf8');
  const [, quoted = ''] =
    /```tsx\n(.*?)```/s.exec(readFileSync(join(root, 'stories/guide/testing.md'), 'utf8')) ?? [];
  const [imports = '', ...body] = quoted.split(/\n\n/);
  expect(imports.split('\n')).toContain("import { createTestServer } from 'react-websocket-hooks/testing';");
  expect(body.length).toBeGreaterThan(1);
  expect(own).toContain(body.join('\n\n'));
});
