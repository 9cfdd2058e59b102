// Classes that the option `WebSocket` takes; never run.
import { WebSocket as MockSocket } from 'mock-socket';
import { createConnection } from 'react-websocket-hooks';
import { createTestServer } from 'react-websocket-hooks/testing';
import { WebSocket as UndiciSocket } from 'undici';
import { WebSocket as WsSocket } from 'ws';

/** As the types of React Native declare it. */
declare const ReactNativeSocket: new (
  url: string,
  protocols?: string | string[] | null,
  options?: { headers: Record<string, string> } | null,
) => WebSocket;

const url = 'wss://example.com';

export const connections = [
  createConnection(url, { WebSocket }),
  createConnection(url, { WebSocket: MockSocket }),
  createConnection(url, { WebSocket: UndiciSocket }),
  createConnection(url, { WebSocket: WsSocket }),
  createConnection(url, { WebSocket: ReactNativeSocket }),
  createConnection(url, { WebSocket: createTestServer().WebSocket }),
  // @ts-expect-error an event target is no socket
  createConnection(url, { WebSocket: EventTarget }),
];
