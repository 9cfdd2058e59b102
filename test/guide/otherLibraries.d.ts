/**
 * The parts of other packages that the samples of the guide use and that are not installed here: they are
 * described as their documentation describes them.
 */
declare module 'react-native' {
  export const AppState: {
    addEventListener(type: 'change', listener: (state: string) => void): { remove(): void };
  };
}
declare module '@react-native-community/netinfo' {
  const NetInfo: {
    addEventListener(listener: (state: { readonly isConnected: boolean | null }) => void): () => void;
  };
  export default NetInfo;
}
declare module 'react-use-websocket' {
  export enum ReadyState {
    UNINSTANTIATED = -1,
    CONNECTING = 0,
    OPEN = 1,
    CLOSING = 2,
    CLOSED = 3,
  }
  interface Options {
    readonly share?: boolean;
    readonly protocols?: string | string[];
    readonly queryParams?: Record<string, string | number>;
    readonly retryOnError?: boolean;
    readonly shouldReconnect?: (event: CloseEvent) => boolean;
    readonly reconnectInterval?: number | ((attempt: number) => number);
    readonly reconnectAttempts?: number;
    readonly onReconnectStop?: (attempts: number) => void;
    readonly filter?: (event: MessageEvent<string>) => boolean;
    readonly heartbeat?:
      | boolean
      | {
          readonly message?: string;
          readonly returnMessage?: string;
          readonly interval?: number;
          readonly timeout?: number;
        };
    readonly onOpen?: (event: Event) => void;
    readonly onMessage?: (event: MessageEvent<string>) => void;
    readonly onClose?: (event: CloseEvent) => void;
    readonly onError?: (event: Event) => void;
  }
  export default function useWebSocket<T = unknown>(
    url: string | (() => string | Promise<string>) | null,
    options?: Options,
    connect?: boolean,
  ): {
    readonly sendMessage: (message: string | ArrayBuffer, keep?: boolean) => void;
    readonly sendJsonMessage: (message: unknown, keep?: boolean) => void;
    readonly lastMessage: MessageEvent<string> | null;
    readonly lastJsonMessage: T;
    readonly readyState: ReadyState;
    readonly getWebSocket: () => WebSocket | null;
  };
}
declare module 'partysocket/react' {
  export function useWebSocket(
    url: string | (() => string | Promise<string>),
    protocols?: string | string[],
    options?: {
      readonly minReconnectionDelay?: number;
      readonly maxReconnectionDelay?: number;
      readonly reconnectionDelayGrowFactor?: number;
      readonly minUptime?: number;
      readonly connectionTimeout?: number;
      readonly maxRetries?: number;
      readonly maxEnqueuedMessages?: number;
      readonly enabled?: boolean;
      readonly onOpen?: (event: Event) => void;
      readonly onMessage?: (event: MessageEvent<string>) => void;
      readonly onClose?: (event: CloseEvent) => void;
    },
  ): WebSocket & { reconnect(): void };
}
declare module 'reconnecting-websocket' {
  export default class ReconnectingWebSocket extends EventTarget {
    constructor(
      url: string | (() => string | Promise<string>),
      protocols?: string | string[],
      options?: {
        readonly minReconnectionDelay?: number;
        readonly maxReconnectionDelay?: number;
        readonly maxRetries?: number;
        readonly connectionTimeout?: number;
        readonly maxEnqueuedMessages?: number;
      },
    );
    onmessage: ((event: MessageEvent<string>) => void) | null;
    send(data: string | ArrayBuffer): void;
    reconnect(code?: number, reason?: string): void;
    close(code?: number, reason?: string): void;
  }
}
declare module 'ahooks' {
  export enum ReadyState {
    Connecting = 0,
    Open = 1,
    Closing = 2,
    Closed = 3,
  }
  export function useWebSocket(
    url: string,
    options?: {
      readonly manual?: boolean;
      readonly reconnectLimit?: number;
      readonly reconnectInterval?: number;
      readonly protocols?: string | string[];
      readonly onOpen?: (event: Event) => void;
      readonly onMessage?: (message: MessageEvent<string>) => void;
    },
  ): {
    readonly latestMessage?: MessageEvent<string>;
    readonly sendMessage: (message: string) => void;
    readonly connect: () => void;
    readonly disconnect: () => void;
    readonly readyState: ReadyState;
  };
}
