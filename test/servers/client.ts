import { WebSocket } from 'ws';
import type { WebSocketConstructor } from '../../src/core/index.js';
import { ObservedConnection } from './observedConnection.js';

/** A connection of the library in Node, over the sockets of `ws`. */
export class Client extends ObservedConnection {
  /** All sockets of the connection. */
  readonly sockets: readonly WebSocket[];

  constructor(port: number, { answersPings = true } = {}) {
    const sockets: WebSocket[] = [];
    class RecordedSocket extends WebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols ?? [], { autoPong: answersPings });
        sockets.push(this);
      }
    }
    super(`ws://127.0.0.1:${port}/`, { WebSocket: RecordedSocket as unknown as WebSocketConstructor });
    this.sockets = sockets;
  }

  static async open(port: number, options?: { answersPings?: boolean }): Promise<Client> {
    const client = new Client(port, options);
    await client.waitUntilOpen();
    return client;
  }
}
