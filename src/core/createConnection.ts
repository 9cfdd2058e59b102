import type { Connection } from './connection.js';
import type { WithContract } from './messages/contract.js';
import type { MessageData, RawMessage } from './messages/frames.js';
import { type ConnectionOptions, resolveConfig } from './options.js';
import type { UrlSource } from './socket/dial.js';
import { WebSocketConnection } from './webSocketConnection.js';

/**
 * Creates a connection that the application owns. It dials once a component or `retain()` uses it.
 *
 * @throws a `RangeError` or `TypeError` that names the option and the value
 * @example const quotes = createConnection('wss://example.com/quotes', { contract: json({ receive: Quote }) });
 */
export function createConnection<In = RawMessage, const Out = MessageData>(
  url: UrlSource,
  options: ConnectionOptions<In, Out> & WithContract<In, Out>,
): Connection<In, Out>;
export function createConnection(url: UrlSource, options?: ConnectionOptions): Connection;
export function createConnection<In, Out>(
  url: UrlSource,
  options: ConnectionOptions<In, Out> = {},
): Connection<In, Out> {
  return new WebSocketConnection(resolveConfig(url, options), { callbacks: options });
}
