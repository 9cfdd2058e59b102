import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { createStreams } from '../random.mjs';

/** The sockets that are opened at a time, so that they fit into the backlog of the server. */
const BATCH_SIZE = 200;

class UncompressedWebSocket extends WebSocket {
  constructor(url) {
    super(url, { perMessageDeflate: false });
  }
}

/**
 * The delays of one dial in ms after the close that led to it: the one that the policy chose and the actual one. A
 * busy machine fires timers late.
 *
 * @typedef {{ planned: number; actual: number }} DialDelay
 */

/**
 * Opens real sockets, lets a real server restart, and records when they dial again.
 *
 * @param {{ sockets: number; seed: number; library: import('../library.mjs').Library }} options
 * @returns {Promise<{ afterClose: DialDelay[]; afterRefusal: DialDelay[]; disconnected: number }>} the dials after
 *   the close with 1012 and after the answer 503, and the number of sockets that are not open at the end
 */
export async function restartSockets({ sockets, seed, library }) {
  const server = fork(fileURLToPath(new URL('./server.mjs', import.meta.url)), { stdio: 'inherit' });
  const [port] = await once(server, 'message');
  const draw = createStreams(seed, sockets, 1);
  /** @type {DialDelay[]} */
  const afterClose = [];
  /** @type {DialDelay[]} */
  const afterRefusal = [];

  const connections = Array.from({ length: sockets }, (_, number) => {
    const connection = library.createConnection(`ws://127.0.0.1:${port}/${number}`, {
      WebSocket: UncompressedWebSocket,
      random: () => draw(number),
    });
    let latest;
    connection.onEvent((event) => {
      if (event.type === 'close' && !event.close.local) latest = { close: event.close, planned: 0 };
      else if (event.type === 'retry') latest.planned = event.retryAt - latest.close.at;
      else if (event.type === 'dial' && latest) {
        const { close, planned } = latest;
        (close.opened ? afterClose : afterRefusal).push({ planned, actual: event.at - close.at });
      }
    });
    return connection;
  });
  const isOpen = (connection) => connection.getState().status === 'open';

  const releases = [];
  for (let from = 0; from < sockets; from += BATCH_SIZE) {
    const batch = connections.slice(from, from + BATCH_SIZE);
    releases.push(...batch.map((connection) => connection.retain()));
    await waitUntil(() => batch.every(isOpen), 10_000);
  }
  server.send('restart');
  await waitUntil(() => !connections.some(isOpen), 10_000);
  await waitUntil(() => connections.every(isOpen), 20_000);
  const disconnected = connections.filter((connection) => !isOpen(connection)).length;

  for (const release of releases) release();
  await waitUntil(() => connections.every((connection) => connection.getState().status === 'idle'), 2_000);
  server.disconnect();
  return { afterClose, afterRefusal, disconnected };
}

/** Waits for a condition, or until the time limit. */
async function waitUntil(condition, limitMs) {
  const deadline = performance.now() + limitMs;
  while (!condition() && performance.now() < deadline) await setTimeout(20);
}
