export * from './core/index.js';
export { type LatestMessageOptions, useLatestMessage } from './react/useLatestMessage.js';
export {
  type MessageReducerOptions,
  type MessageSource,
  useMessageReducer,
} from './react/useMessageReducer.js';
export type { WebSocketHandle, WebSocketOptions, WebSocketSource } from './react/connectionObserver.js';
export { useWebSocket } from './react/useWebSocket.js';
export {
  useWebSocketContext,
  type WebSocketContextOptions,
  WebSocketProvider,
  type WebSocketProviderProps,
} from './react/WebSocketProvider.js';
