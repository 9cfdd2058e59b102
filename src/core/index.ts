export type { CloseInfo } from './closeInfo.js';
export type { Connection, SendResult } from './connection.js';
export type { ConnectionState, ConnectionStatus } from './connectionState.js';
export { createConnection } from './createConnection.js';
export { WebSocketError, type WebSocketErrorKind } from './errors.js';
export type { ConnectionCallbacks, ConnectionEvent, OpenInfo } from './events.js';
export {
  binary,
  json,
  type MessageContract,
  type StandardSchema,
  text,
  type WithContract,
} from './messages/contract.js';
export type { FrameKind, MessageData, RawMessage, SentFrame } from './messages/frames.js';
export type { TopicOptions } from './messages/messageListeners.js';
export type { DroppedMessage, DropReason, SendQueueOptions } from './messages/sendQueue.js';
export type { ConnectionOptions } from './options.js';
export type {
  CloseRule,
  DecideContext,
  ReconnectOptions,
  ReconnectPolicy,
  ReconnectRule,
} from './reconnect/reconnectRules.js';
export type {
  DialContext,
  ProtocolsSource,
  UrlSource,
  WebSocketConstructor,
  WebSocketLike,
} from './socket/dial.js';
export type { HeartbeatOptions } from './socket/heartbeat.js';
