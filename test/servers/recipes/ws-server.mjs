import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const http = createServer();
const server = new WebSocketServer({ server: http, maxPayload: 1024 * 1024 });

server.on('connection', (socket) => {
  // Without this listener, a message that is too big would end the process.
  socket.on('error', console.error);
  socket.on('message', (data, isBinary) => {
    if (isBinary) socket.close(1003, 'This endpoint takes text');
    else socket.send(String(data.length));
  });
});

// Browsers answer pings by themselves. They keep proxies from closing a connection that is idle.
const pingMs = Number(process.env.PING_MS ?? 20_000);
const pings = setInterval(() => server.clients.forEach((socket) => socket.ping()), pingMs);

process.once('SIGTERM', () => {
  // Stop listening first, so that no client reconnects to the process that is about to end.
  http.close();
  clearInterval(pings);
  for (const socket of server.clients) socket.close(1012, 'Service restart');
  // When all clients have answered.
  server.close(() => process.exit());
});

http.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => console.log('Listening'));
