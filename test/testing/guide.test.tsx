import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { json, useLatestMessage, useWebSocket } from '../../src/index.js';
import { createTestServer } from '../../src/testing/index.js';
import { root } from '../setup.mjs';

interface Quote {
  readonly price: number;
}

function Price() {
  const socket = useWebSocket('wss://example.com/quotes', { contract: json<Quote, never>() });
  const quote = useLatestMessage(socket);
  if (socket.status === 'failed') return <p role="alert">{socket.error.hint}</p>;
  return <output>{quote ? quote.price : socket.status}</output>;
}

const complain = vi.spyOn(console, 'error');
afterEach(() => {
  expect(complain, 'React has nothing to complain of').not.toHaveBeenCalled();
});

// The lines from here on stand in the guide.
const server = createTestServer({ act });
let restore: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  restore = server.install();
});
afterEach(() => {
  restore();
  vi.useRealTimers();
});

it('shows the price, and comes back after a restart', () => {
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
  expect(screen.getByRole('alert').textContent).toMatch(/Correct what is sent/);
});
// The guide ends here.

it('stands in the guide as it is here', () => {
  const own = readFileSync(import.meta.filename, 'utf8');
  const [, quoted = ''] =
    /```tsx\n(.*?)```/s.exec(readFileSync(join(root, 'stories/guide/Testing.mdx'), 'utf8')) ?? [];
  const [imports = '', ...body] = quoted.split(/\n\n/);
  expect(imports.split('\n')).toContain("import { createTestServer } from 'react-websocket-hooks/testing';");
  expect(body.length).toBeGreaterThan(1);
  expect(own).toContain(body.join('\n\n'));
});
