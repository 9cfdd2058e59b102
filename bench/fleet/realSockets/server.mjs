/**
 * A server in a process of its own. It accepts all sockets; on the message `restart` it closes them with 1012 in
 * one tick, refuses the next attempt of each with 503, and accepts the one after that.
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer();
const sockets = new WebSocketServer({ noServer: true });
/** The paths whose next attempt is refused. */
const refusedPaths = new Set();

server.on('upgrade', (request, stream, head) => {
  if (refusedPaths.delete(request.url)) {
    stream.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(request, stream, head, (socket) => (socket.path = request.url));
});

process.on('message', () => {
  for (const socket of sockets.clients) refusedPaths.add(socket.path);
  for (const socket of sockets.clients) socket.close(1012, 'restart');
});
process.on('disconnect', () => process.exit());

server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => process.send(server.address().port));
