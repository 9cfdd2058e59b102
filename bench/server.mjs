/**
 * The other side of the benchmark, in a process of its own: serves the page and sends messages on command.
 * Sockets are counted by the first part of their path, so that every measurement has its own.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { WebSocketServer } from 'ws';

const [, , pageScript] = process.argv;

const html =
  '<!doctype html><meta charset="utf-8"><title>bench</title><div id="root"></div><script src="/page.js"></script>';

/** With these a page is isolated, and its clock is fine-grained. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const http = createServer(async (request, response) => {
  const isScript = request.url === '/page.js';
  response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html', ...isolation });
  response.end(isScript ? await readFile(pageScript) : html);
});

/** @type {Map<string, { opened: number; open: Set<import('ws').WebSocket> }>} */
const places = new Map();
const waiting = new Set();

function placeOf(key) {
  if (!places.has(key)) places.set(key, { opened: 0, open: new Set() });
  return places.get(key);
}

function settle() {
  for (const wait of waiting) {
    if (placeOf(wait.key).open.size !== wait.count) continue;
    waiting.delete(wait);
    wait.resolve();
  }
}

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
  const place = placeOf(request.url.split('/')[1]);
  place.opened += 1;
  place.open.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => {
    place.open.delete(socket);
    settle();
  });
  settle();
});

const commands = {
  /** Resolves as soon as exactly so many sockets are open, or after so many ms. */
  waitOpen: (key, count, ms = 60_000) =>
    new Promise((resolve) => {
      waiting.add({ key, count, resolve });
      setTimeout(resolve, ms);
      settle();
    }),

  /** How many sockets there have been. */
  opened: (key) => placeOf(key).opened,

  /** How many there are. */
  open: (key) => placeOf(key).open.size,

  /** Sends numbered quotes of the topics in turn, `batch` of them every so many ms. */
  async stream(key, { from, count, topics, batch = count, every = 0 }) {
    const begun = performance.now();
    for (let sent = 0; sent < count; sent += batch) {
      const due = begun + (sent / batch) * every - performance.now();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
      for (let i = sent; i < Math.min(sent + batch, count); i += 1) {
        const data = quote(from + i, topics);
        for (const socket of placeOf(key).open) socket.send(data);
      }
    }
  },
};

function quote(n, topics) {
  return JSON.stringify({
    topic: `t${n % topics}`,
    n,
    price: 100 + (n % 997) / 8,
    volume: n * 3,
    venue: 'XBEN',
  });
}

process.on('message', async ({ id, name, args }) => {
  process.send({ id, result: await commands[name](...args) });
});
process.on('disconnect', () => process.exit());

http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }));
