import { WebSocket } from 'ws';
import {
  type Connection,
  type ConnectionOptions,
  type ConnectionState,
  createConnection,
  type WebSocketConstructor,
} from '../../src/core/index.js';
import { waitForState } from '../support/waitForState.js';
import { addCleanup } from './cleanup.js';

/** Delays that are short enough for a test, in the same proportions as the defaults. */
export const SHORT_DELAYS = { minDelay: 20, maxDelay: 100, widenTo: 100 } as const;

/** Creates a connection on the sockets of `ws` and retains it until the test ends. */
export function startConnection(url: string, options: ConnectionOptions = {}): Connection {
  const connection = createConnection(url, {
    reconnect: SHORT_DELAYS,
    WebSocket: WebSocket as unknown as WebSocketConstructor,
    ...options,
  });
  addCleanup(connection.retain());
  return connection;
}

/** Waits until a connection is open. */
export const waitForOpen = (connection: Connection): Promise<ConnectionState> =>
  waitForState(connection, ({ status }) => status === 'open');

/** Waits until a connection has an outage. */
export const waitForOutage = (connection: Connection): Promise<ConnectionState> =>
  waitForState(connection, ({ status }) => status === 'reconnecting');
