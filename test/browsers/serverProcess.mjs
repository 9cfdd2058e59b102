/**
 * A WebSocket server in a process of its own, so that it can be killed and stopped. The path of a URL chooses its
 * behaviour. It sends its port to the parent process, and its record after each change.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { WebSocketServer } from 'ws';

const [host, port, key, cert] = process.argv.slice(2);
const http =
  key && cert ? createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }) : createServer();
const wss = new WebSocketServer({ noServer: true });

/** The dials and close codes of each path, and the received messages. */
const record = { dials: {}, closes: {}, received: [] };
const reportRecord = () => process.send?.({ record });

const echo = (socket) => socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
/** Rejects either binary or text messages. */
const rejectKind = (isRejectedBinary) => (socket) =>
  socket.on(
    'message',
    (_data, isBinary) => isBinary === isRejectedBinary && socket.close(1003, 'not this kind'),
  );

const behaviours = {
  '/echo': echo,
  '/mute-once': echo,
  '/text-only': rejectKind(true),
  '/binary-only': rejectKind(false),
  '/flapping': (socket) => socket.close(1011, 'not today'),
  '/invalid-utf8': (socket) => socket._socket.write(Buffer.from([0x81, 0x02, 0xc3, 0x28])),
  '/burst': (socket) =>
    socket.on('message', (count) => {
      for (let number = 1; number <= Number(count); number += 1) socket.send(String(number));
    }),
  '/close': (socket, { code }) => (code ? socket.close(Number(code), 'as ordered') : socket.close()),
};

http.on('upgrade', (request, socket, head) => {
  const { pathname, searchParams } = new URL(request.url, 'http://server');
  const count = (record.dials[pathname] ?? 0) + 1;
  record.dials[pathname] = count;
  reportRecord();
  socket.on('error', () => undefined);
  if (pathname === '/mute' || (pathname === '/mute-once' && count === 1)) return;
  if (pathname === '/pick') {
    // "ws" answers with a subprotocol only where the client offers one.
    if (searchParams.get('protocol')) request.headers['sec-websocket-protocol'] ??= 'unasked';
    wss.options.handleProtocols = () => searchParams.get('protocol') ?? false;
  }
  wss.handleUpgrade(request, socket, head, (client) => {
    client.on('error', () => undefined);
    client.on('close', (code) => {
      (record.closes[pathname] ??= []).push(code);
      reportRecord();
    });
    client.on('message', (data) => {
      record.received.push(String(data).slice(0, 40));
      reportRecord();
    });
    (behaviours[pathname] ?? echo)(client, Object.fromEntries(searchParams));
  });
  delete wss.options.handleProtocols;
});

process.on('disconnect', () => process.exit());
process.on('message', ({ code, isRestart }) => {
  // A graceful restart: close all sockets, then exit.
  if (isRestart) http.close(() => process.exit());
  for (const client of wss.clients) client.close(code, 'deploying');
});

http.listen(Number(port), host, () => process.send({ port: http.address().port }));
