/**
 * The server of the story `Live server`: a real one, to be broken at will. `npm start` runs it.
 *
 * PORT (8787) speaks WebSocket: `/quotes` sends a quote a second and echoes what it gets, `/text` echoes
 * text and closes with 1003 on binary. The port after it is the control, which stays reachable while
 * the first one is down: `GET /events` streams what the server sees, and `POST` makes it `/restart?down=3`,
 * `/reject`, `/kill` or `/flap?on=true`.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const host = process.env.HOST ?? '127.0.0.1';
const port = Number(process.env.PORT ?? 8787);
const controlPort = port + 1;

const sockets = new WebSocketServer({ noServer: true });
const watchers = new Set();
let state = { isUp: false, isFlapping: false, clients: 0, accepted: 0, refused: null, frames: [] };
let door;
let reopening;

function update(change) {
  state = { ...state, ...change };
  for (const watcher of watchers) tell(watcher);
}

const tell = (watcher) => watcher.write(`data: ${JSON.stringify(state)}\n\n`);

const endpoints = {
  '/quotes': (socket, data, isBinary) => socket.send(data, { binary: isBinary }),
  '/text': (socket, data, isBinary) => {
    if (isBinary) socket.close(1003, 'this endpoint takes text only');
    else socket.send(data, { binary: false });
  },
};

let price = 118.25;

function welcome(socket, path) {
  update({ clients: state.clients + 1, accepted: state.accepted + 1 });
  socket.on('error', () => {}); // a broken frame: ws closes by itself
  const quotes = path === '/quotes' && setInterval(sendQuote, 1_000, socket);
  socket.on('close', () => {
    clearInterval(quotes);
    update({ clients: state.clients - 1 });
  });
  if (state.isFlapping) {
    socket.close(1011, 'crashed while greeting');
    return;
  }
  socket.on('message', (data, isBinary) => {
    const frame = { kind: isBinary ? 'binary' : 'text', size: data.length, at: Date.now() };
    update({ frames: [frame, ...state.frames].slice(0, 3) });
    endpoints[path](socket, data, isBinary);
  });
}

function sendQuote(socket) {
  price = Math.max(1, price + (Math.random() - 0.5) * 2);
  if (socket.readyState === socket.OPEN)
    socket.send(JSON.stringify({ symbol: 'ACME', price: Number(price.toFixed(2)) }));
}

/** Begins to listen. While it does not, the system itself refuses every dial. */
function openDoor() {
  door = createServer((_request, response) => {
    response.writeHead(426, { 'Content-Type': 'text/plain' }).end('This port speaks WebSocket.\n');
  });
  door.on('upgrade', (request, stream, head) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    if (Object.hasOwn(endpoints, path)) {
      sockets.handleUpgrade(request, stream, head, (socket) => welcome(socket, path));
    } else {
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    }
  });
  return listen(door, port).then(() => update({ isUp: true }));
}

function listen(server, onPort) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(onPort, host, resolve);
  });
}

function closeAll(code, reason) {
  for (const socket of sockets.clients) {
    socket.close(code, reason);
    // Whoever does not answer the close frame is let go.
    setTimeout(() => socket.terminate(), 1_000).unref();
  }
}

const acts = {
  '/restart'(query) {
    const seconds = Number(query.get('down') ?? 3);
    if (!(seconds >= 0 && seconds <= 60)) return 400;
    clearTimeout(reopening);
    closeAll(1012, 'deploying a new version');
    door.close();
    update({ isUp: false });
    reopening = setTimeout(() => openDoor().catch(giveUp), seconds * 1_000);
    return 204;
  },
  '/reject'() {
    closeAll(1003, 'this server does not take this type of data');
    return 204;
  },
  '/kill'() {
    for (const socket of sockets.clients) socket.terminate();
    return 204;
  },
  '/flap'(query) {
    const isFlapping = query.get('on') === 'true';
    if (isFlapping) closeAll(1011, 'crashed');
    update({ isFlapping });
    return 204;
  },
};

/** Pages of this machine only: no other site shall play with the server. */
function isLocal(origin) {
  if (origin === undefined) return true;
  return URL.canParse(origin) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);
}

const control = createServer((request, response) => {
  const { origin } = request.headers;
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (!isLocal(origin)) {
    response.writeHead(403).end();
    return;
  }
  if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
  if (request.method === 'GET' && pathname === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    watchers.add(response);
    response.on('close', () => watchers.delete(response));
    tell(response);
  } else if (request.method === 'POST' && Object.hasOwn(acts, pathname)) {
    response.writeHead(acts[pathname](searchParams)).end();
  } else {
    response.writeHead(404).end();
  }
});

function giveUp(error) {
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${error.port} is taken: stop what uses it, or choose another one with DEMO_SERVER_PORT.`
      : error,
  );
  process.exit(1);
}

Promise.all([listen(control, controlPort), openDoor()]).then(() => {
  console.log(`Demo server ready: ws://${host}:${port} (control: http://${host}:${controlPort})`);
}, giveUp);
