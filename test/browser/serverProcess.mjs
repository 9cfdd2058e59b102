/**
 * A WebSocket server in its own process, so that tests can kill, stop and restart it.
 * Arguments: the port (0 = any) and the fault as JSON (see `Fault` in realServers.ts).
 */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const port = Number(process.argv[2]);
const { refusals = 0, ...fault } = JSON.parse(process.argv[3] ?? '{}');

/** Reported to the parent process on request. */
const stats = { dials: 0, received: [] };

const sockets = new WebSocketServer({
  noServer: true,
  // Selects a subprotocol that the client did not offer.
  ...(fault.protocol && { handleProtocols: () => fault.protocol }),
});
const http = createServer((_, response) => {
  response.end();
});

http.on('upgrade', (request, socket, head) => {
  stats.dials += 1;
  if (fault.mute) return;
  if (stats.dials <= refusals) {
    socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  if (fault.protocol) request.headers['sec-websocket-protocol'] ??= fault.protocol;
  sockets.handleUpgrade(request, socket, head, (client) => accept(client, socket));
});

function accept(client, socket) {
  if (fault.closeOnOpen) {
    client.close(...fault.closeOnOpen);
    return;
  }
  client.on('error', () => {});
  client.on('message', (data, isBinary) => {
    stats.received.push(isBinary ? `${data.length} bytes` : String(data));
    if (isBinary && fault.textOnly) {
      client.close(1003, 'text only');
    } else if (fault.invalidUtf8) {
      socket.write(Buffer.from([0x81, 0x02, 0xc3, 0x28])); // a text frame of two bytes that are not valid UTF-8
    } else if (String(data).startsWith('burst ')) {
      const count = Number(String(data).slice('burst '.length));
      for (let i = 0; i < count; i += 1) client.send(String(i));
    } else {
      client.send(data, { binary: isBinary });
    }
  });
}

process.on('message', ({ type, code, reason }) => {
  if (type === 'stats') {
    process.send({ stats });
  } else if (type === 'close') {
    for (const client of sockets.clients) client.close(code, reason);
    process.send({ stats });
  } else {
    // Shut down: stop listening, close the open sockets, and exit after the last one closed.
    http.close();
    for (const client of sockets.clients) client.close(code, reason);
    let open = sockets.clients.size;
    if (open === 0) process.exit();
    for (const client of sockets.clients) client.on('close', () => (open -= 1) === 0 && process.exit());
  }
});
process.on('disconnect', () => process.exit());

http.listen(port, '127.0.0.1', () => process.send({ port: http.address().port }));
