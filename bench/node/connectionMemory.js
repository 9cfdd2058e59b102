/** One measurement in Node: bytes per connection without React, idle or while it dials. */
import { WebSocket as PartySocket } from 'partysocket';
import { createConnection } from 'react-websocket-hooks';
import ReconnectingWebSocket from 'reconnecting-websocket';
import { FakeSocket } from './fakeSocket.mjs';
import { heapUsed } from './heapUsed.js';

const [, , key, state, count] = process.argv;
const url = 'ws://127.0.0.1/fake';

FakeSocket.opens = false;
globalThis.WebSocket = FakeSocket;

/** How to create a connection with each implementation, and how to start a dial; `dial` returns how to stop it. */
const implementations = {
  ours: {
    create: () => createConnection(url),
    dial: (connection) => connection.retain(),
  },
  partysocket: {
    create: () => new PartySocket(url, [], { startClosed: true }),
    dial: reconnect,
  },
  reconnectingWebSocket: {
    create: () => new ReconnectingWebSocket(url, [], { startClosed: true }),
    dial: reconnect,
  },
  bareSocket: {
    create: () => ({ socket: null }),
    dial(holder) {
      holder.socket = new FakeSocket(url);
      return () => (holder.socket = null);
    },
  },
};

function reconnect(connection) {
  connection.reconnect();
  return () => connection.close();
}

const { create, dial } = implementations[key];
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

async function measure() {
  const connections = new Array(Number(count)).fill(null);
  const stops = new Array(Number(count)).fill(null);
  const before = await heapUsed();
  const createdBefore = FakeSocket.created;
  for (let i = 0; i < connections.length; i += 1) {
    connections[i] = create();
    if (state === 'dialling') stops[i] = dial(connections[i]);
  }
  while (state === 'dialling' && FakeSocket.created - createdBefore < connections.length) await nextTask();
  const bytes = ((await heapUsed()) - before) / connections.length;
  for (const stop of stops) stop?.();
  await nextTask();
  return bytes;
}

await measure();
process.send({ bytes: await measure() }, () => process.exit());
