export * from './core/index.js';
export { type LatestMessageOptions, useLatestMessage } from './react/useLatestMessage.js';
export {
  type MessageReducerOptions,
  type MessageSource,
  useMessageReducer,
} from './react/useMessageReducer.js';
export {
  useWebSocket,
  type WebSocketHandle,
  type WebSocketOptions,
  type WebSocketSource,
} from './react/useWebSocket.js';
export {
  useWebSocketContext,
  type WebSocketContextOptions,
  WebSocketProvider,
  type WebSocketProviderProps,
} from './react/WebSocketProvider.js';
