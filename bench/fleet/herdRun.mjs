import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { createStreams } from './random.mjs';

/** Sockets that are opened at a time, so that the backlog of the server takes them. */
const BATCH = 200;

class PlainWebSocket extends WebSocket {
  constructor(url) {
    super(url, { perMessageDeflate: false });
  }
}

/**
 * One dial, in ms after the close that led to it: when the policy wanted it and when it was made. Between them
 * lies how late the timers of a busy machine are.
 *
 * @typedef {{ planned: number; made: number }} HerdDial
 */

/**
 * Closes a herd of real sockets together and watches it come back.
 *
 * @param {{ sockets: number; seed: number; library: import('./library.mjs').Library }} herd
 * @returns {Promise<{ first: HerdDial[]; refused: HerdDial[]; lost: number }>} the dials after the close with
 *   1012 and those after the 503, and how many sockets are not back
 */
export async function runHerd({ sockets, seed, library }) {
  const server = fork(fileURLToPath(new URL('./herdServer.mjs', import.meta.url)), { stdio: 'inherit' });
  const [port] = await once(server, 'message');
  const draw = createStreams(seed, sockets, 1);
  /** @type {HerdDial[]} */
  const first = [];
  /** @type {HerdDial[]} */
  const refused = [];

  const members = Array.from({ length: sockets }, (_, number) => {
    const connection = library.createConnection(`ws://127.0.0.1:${port}/${number}`, {
      WebSocket: PlainWebSocket,
      random: () => draw(number),
    });
    let latest;
    connection.onEvent((event) => {
      if (event.type === 'close' && !event.close.local) latest = { close: event.close, planned: 0 };
      else if (event.type === 'retry') latest.planned = event.retryAt - latest.close.at;
      else if (event.type === 'dial' && latest) {
        const { close, planned } = latest;
        (close.opened ? first : refused).push({ planned, made: event.at - close.at });
      }
    });
    return connection;
  });
  const isOpen = (member) => member.getState().status === 'open';

  const releases = [];
  for (let from = 0; from < sockets; from += BATCH) {
    const batch = members.slice(from, from + BATCH);
    releases.push(...batch.map((member) => member.retain()));
    await until(() => batch.every(isOpen), 10_000);
  }
  server.send('restart');
  await until(() => !members.some(isOpen), 10_000);
  await until(() => members.every(isOpen), 20_000);
  const lost = members.filter((member) => !isOpen(member)).length;

  for (const release of releases) release();
  await until(() => members.every((member) => member.getState().status === 'idle'), 2_000);
  server.disconnect();
  return { first, refused, lost };
}

async function until(isTrue, patience) {
  const deadline = performance.now() + patience;
  while (!isTrue() && performance.now() < deadline) await setTimeout(20);
}
