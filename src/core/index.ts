export type { CloseInfo } from './closeCodes.js';
export { type Connection, createConnection } from './connection.js';
export { binary, json, type MessageContract, type StandardSchema, text } from './contract.js';
export { type SentFrame, WebSocketError, type WebSocketErrorKind } from './errors.js';
export type { ConnectionEvent } from './events.js';
export type { FrameKind, MessageData, RawMessage } from './frames.js';
export type { HeartbeatOptions } from './heartbeat.js';
export type { ConnectionState, ConnectionStatus } from './machine.js';
export type {
  ConnectionCallbacks,
  ConnectionOptions,
  DialContext,
  OpenInfo,
  ProtocolsSource,
  UrlSource,
  WebSocketConstructor,
} from './options.js';
export type { SendResult } from './outbox.js';
export type {
  CloseRule,
  DecideContext,
  ReconnectOptions,
  ReconnectPolicy,
  ReconnectRule,
} from './reconnectRules.js';
export type { DroppedMessage, DropReason, SendQueueOptions } from './sendQueue.js';
export type { TopicOptions } from './topics.js';
