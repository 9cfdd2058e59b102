/**
 * The server of the benchmark, in a process of its own: serves the page and sends messages on command. It groups
 * sockets by the first part of their path, so that every measurement has its own.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { WebSocketServer } from 'ws';

const [, , pageScript] = process.argv;

const html =
  '<!doctype html><meta charset="utf-8"><title>bench</title><div id="root"></div><script src="/page.js"></script>';

/** These headers isolate the page, which gives it a clock of high resolution. */
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
const groups = new Map();
const waiting = new Set();

function groupOf(path) {
  if (!groups.has(path)) groups.set(path, { opened: 0, open: new Set() });
  return groups.get(path);
}

function resolveWaiting() {
  for (const wait of waiting) {
    if (groupOf(wait.path).open.size !== wait.count) continue;
    waiting.delete(wait);
    wait.resolve();
  }
}

new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket, request) => {
  const group = groupOf(request.url.split('/')[1]);
  group.opened += 1;
  group.open.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => {
    group.open.delete(socket);
    resolveWaiting();
  });
  resolveWaiting();
});

const commands = {
  /** Resolves as soon as exactly this many sockets are open, or after the time limit. */
  waitForOpenSockets: (path, count, limitMs = 60_000) =>
    new Promise((resolve) => {
      waiting.add({ path, count, resolve });
      setTimeout(resolve, limitMs);
      resolveWaiting();
    }),

  /** The number of sockets that have been opened. */
  countOpened: (path) => groupOf(path).opened,

  /** The number of sockets that are open. */
  countOpen: (path) => groupOf(path).open.size,

  /** Sends numbered quotes of the topics in turn: `batch` of them at a time, in intervals. */
  async sendQuotes(path, { from, count, topics, batch = count, intervalMs = 0 }) {
    const startedAt = performance.now();
    for (let sent = 0; sent < count; sent += batch) {
      const delay = startedAt + (sent / batch) * intervalMs - performance.now();
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      for (let i = sent; i < Math.min(sent + batch, count); i += 1) {
        const data = createQuote(from + i, topics);
        for (const socket of groupOf(path).open) socket.send(data);
      }
    }
  },
};

function createQuote(n, topics) {
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
