/** One measurement in Node: bytes of a connection without React, idle or with a dial under way. */
import { WebSocket as PartySocket } from 'partysocket';
import { createConnection } from 'react-websocket-hooks';
import ReconnectingWebSocket from 'reconnecting-websocket';
import { FakeSocket } from './fakeSocket.mjs';
import { heapUsed } from './heapUsed.js';

const [, , key, state, count] = process.argv;
const url = 'ws://127.0.0.1/fake';

FakeSocket.opens = false;
globalThis.WebSocket = FakeSocket;

/** How each makes a connection, and how it is told to dial; returns how it is told to stop. */
const makers = {
  ours: {
    create: () => createConnection(url),
    dial: (connection) => connection.retain(),
  },
  partysocket: {
    create: () => new PartySocket(url, [], { startClosed: true }),
    dial: dialAgain,
  },
  reconnectingWebSocket: {
    create: () => new ReconnectingWebSocket(url, [], { startClosed: true }),
    dial: dialAgain,
  },
  bare: {
    create: () => ({ socket: null }),
    dial(holder) {
      holder.socket = new FakeSocket(url);
      return () => (holder.socket = null);
    },
  },
};

function dialAgain(connection) {
  connection.reconnect();
  return () => connection.close();
}

const { create, dial } = makers[key];
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

async function measure() {
  const connections = new Array(Number(count)).fill(null);
  const stops = new Array(Number(count)).fill(null);
  const before = await heapUsed();
  const made = FakeSocket.made;
  for (let i = 0; i < connections.length; i += 1) {
    connections[i] = create();
    if (state === 'dialling') stops[i] = dial(connections[i]);
  }
  while (state === 'dialling' && FakeSocket.made - made < connections.length) await nextTask();
  const bytes = ((await heapUsed()) - before) / connections.length;
  for (const stop of stops) stop?.();
  await nextTask();
  return bytes;
}

await measure();
process.send({ bytes: await measure() }, () => process.exit());
