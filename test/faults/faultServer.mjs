/**
 * A WebSocket server whose path selects a fault. It runs in its own process, so that tests can kill and stop it.
 * It sends its port to the parent process once it listens, and the number of dials of a path on request.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const [host = '127.0.0.1', port = '0'] = process.argv.slice(2);
const http = createServer();
const wss = new WebSocketServer({ noServer: true, maxPayload: 2 ** 30 });
const dials = new Map();

const faults = {
  '/echo': (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
  '/flapping': (socket) => socket.close(1011, 'not today'),
  '/reset': (socket) => socket._socket.resetAndDestroy(),
  '/invalid-utf8': (socket) => socket._socket.write(Buffer.from([0x81, 0x02, 0xc3, 0x28])),
  '/64-megabytes': (socket) => socket.send('x'.repeat(64 * 2 ** 20)),
  '/text-only': (socket) =>
    socket.on('message', (_data, isBinary) => isBinary && socket.close(1003, 'text only')),
  '/burst': (socket) =>
    socket.on('message', (count) => {
      for (let number = 1; number <= Number(count); number += 1) socket.send(String(number));
    }),
};

http.on('upgrade', (request, socket, head) => {
  const { pathname } = new URL(request.url, 'http://server');
  const count = (dials.get(pathname) ?? 0) + 1;
  dials.set(pathname, count);
  socket.on('error', () => undefined);
  if (pathname === '/503-twice' && count <= 2) {
    socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n');
    return;
  }
  if (pathname === '/silent-handshake' && count <= 2) return;
  const answer = wss.options.handleProtocols;
  wss.options.handleProtocols = pathname === '/wrong-subprotocol' ? () => 'unasked' : answer;
  wss.handleUpgrade(request, socket, head, (opened) => {
    opened.on('error', () => undefined);
    (faults[pathname] ?? faults['/echo'])(opened);
  });
  wss.options.handleProtocols = answer;
});

http.listen(Number(port), host, () => process.send?.({ port: http.address().port }));
process.on('disconnect', () => process.exit());

process.on('message', (order) => {
  if (order === 'reset') {
    for (const socket of wss.clients) socket._socket.resetAndDestroy();
    return;
  }
  if (order !== 'restart') {
    process.send?.({ dials: dials.get(order) ?? 0 });
    return;
  }
  // A clean restart: close every socket with 1012, then exit.
  for (const socket of wss.clients) socket.close(1012, 'deploying');
  http.close(() => process.exit());
});
