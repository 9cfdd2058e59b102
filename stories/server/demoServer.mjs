/**
 * The server of the story `Live server`: a real one, to be broken at will. `npm start` runs it.
 *
 * PORT (8787) accepts WebSockets: `/quotes` sends a quote a second and echoes what it receives, `/text` echoes
 * text and closes with 1003 on binary. The next port takes commands and stays reachable while the first one is
 * down: `GET /events` streams the state of the server, and `POST` runs `/restart?down=3`, `/reject`, `/kill`
 * or `/flap?on=true`. With PORT=0 both ports are free ones, which the line on the console names.
 */
import { createServer, STATUS_CODES } from 'node:http';
import { WebSocketServer } from 'ws';
import { checkRequest } from './localRequests.mjs';

const host = process.env.HOST ?? '127.0.0.1';
let port = Number(process.env.PORT ?? 8787);

const sockets = new WebSocketServer({ noServer: true });
const eventStreams = new Set();
let state = { isUp: false, isFlapping: false, clients: 0, accepted: 0, refused: null, frames: [] };
let socketServer;
let restartTimer;

function update(change) {
  state = { ...state, ...change };
  for (const stream of eventStreams) sendState(stream);
}

const sendState = (stream) => stream.write(`data: ${JSON.stringify(state)}\n\n`);

const ignoreError = () => {};

/** What each path does with a frame. */
const endpoints = {
  '/quotes': (socket, data, isBinary) => socket.send(data, { binary: isBinary }),
  '/text': (socket, data, isBinary) => {
    if (isBinary) socket.close(1003, 'this endpoint takes text only');
    else socket.send(data, { binary: false });
  },
};

let price = 118.25;

function handleSocket(socket, path) {
  update({ clients: state.clients + 1, accepted: state.accepted + 1 });
  socket.on('error', ignoreError); // a broken frame: ws closes the socket itself
  const quotes = path === '/quotes' && setInterval(sendQuote, 1_000, socket);
  socket.on('close', () => {
    clearInterval(quotes);
    update({ clients: state.clients - 1 });
  });
  if (state.isFlapping) {
    socket.close(1011, 'crashed during the greeting');
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

/** Starts to listen for WebSockets. Until then the operating system refuses every connection. */
async function startSocketServer() {
  socketServer = createServer((request, response) => {
    const { status } = checkRequest(request);
    const text = status === 200 ? 'This port accepts WebSockets only.' : STATUS_CODES[status];
    response.writeHead(status === 200 ? 426 : status, { 'Content-Type': 'text/plain' }).end(`${text}\n`);
  });
  socketServer.on('upgrade', (request, stream, head) => {
    // Node leaves the errors of an upgraded stream to us; a reset connection would end the process.
    stream.on('error', ignoreError);
    const { url, status } = checkRequest(request);
    if (url !== null && Object.hasOwn(endpoints, url.pathname)) {
      sockets.handleUpgrade(request, stream, head, (socket) => handleSocket(socket, url.pathname));
    } else {
      const code = url === null ? status : 404;
      stream.end(`HTTP/1.1 ${code} ${STATUS_CODES[code]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
  });
  port = await listen(socketServer, port);
  update({ isUp: true });
}

/** Returns the port, which the operating system chooses for 0. */
function listen(server, wantedPort) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, host, () => resolve(server.address().port));
  });
}

function closeAll(code, reason) {
  for (const socket of sockets.clients) {
    socket.close(code, reason);
    // A client that does not answer the close frame is disconnected.
    setTimeout(() => socket.terminate(), 1_000).unref();
  }
}

/** Each returns the status of the HTTP response. */
const commands = {
  '/restart'(query) {
    const seconds = Number(query.get('down') ?? 3);
    if (!(seconds >= 0 && seconds <= 60)) return 400;
    clearTimeout(restartTimer);
    closeAll(1012, 'deploying a new version');
    socketServer.close();
    update({ isUp: false });
    restartTimer = setTimeout(() => startSocketServer().catch(exitWithError), seconds * 1_000);
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

const controlServer = createServer((request, response) => {
  const { url, status } = checkRequest(request);
  const { origin } = request.headers;
  response.on('error', ignoreError); // the page has gone
  if (url === null) {
    response.writeHead(status).end();
    return;
  }
  if (origin !== undefined) response.setHeader('Access-Control-Allow-Origin', origin);
  if (request.method === 'GET' && url.pathname === '/events') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    eventStreams.add(response);
    response.on('close', () => eventStreams.delete(response));
    sendState(response);
  } else if (request.method === 'POST' && Object.hasOwn(commands, url.pathname)) {
    response.writeHead(commands[url.pathname](url.searchParams)).end();
  } else {
    response.writeHead(404).end();
  }
});

function exitWithError(error) {
  console.error(
    error.code === 'EADDRINUSE'
      ? `Port ${error.port} is in use: stop the program that uses it, or set DEMO_SERVER_PORT to another port.`
      : error,
  );
  process.exit(1);
}

try {
  const [controlPort] = await Promise.all([
    listen(controlServer, port === 0 ? 0 : port + 1),
    startSocketServer(),
  ]);
  console.log(`Demo server ready: ws://${host}:${port} (control: http://${host}:${controlPort})`);
} catch (error) {
  exitWithError(error);
}
