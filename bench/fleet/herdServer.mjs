/**
 * The server of the herd, a process of its own: accepts everybody; told to restart, it closes them all with
 * 1012 in one tick, refuses the next dial of each with 503, and accepts the one after that.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer();
const sockets = new WebSocketServer({ noServer: true });
/** Those whose next dial is refused. */
const toRefuse = new Set();

server.on('upgrade', (request, stream, head) => {
  if (toRefuse.delete(request.url)) {
    stream.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(request, stream, head, (socket) => (socket.name = request.url));
});

process.on('message', () => {
  for (const socket of sockets.clients) toRefuse.add(socket.name);
  for (const socket of sockets.clients) socket.close(1012, 'restart');
});
process.on('disconnect', () => process.exit());

server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => process.send(server.address().port));
