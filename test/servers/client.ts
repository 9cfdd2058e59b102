import { WebSocket } from 'ws';
import {
  type CloseInfo,
  type Connection,
  type ConnectionState,
  createConnection,
  type WebSocketConstructor,
} from '../../src/core/index.js';

/** The default rules with shorter delays. */
const QUICK = { minDelay: 20, maxDelay: 100, widenTo: 100 } as const;

/** A connection of the library over the sockets of `ws`. */
export class Client {
  readonly connection: Connection;
  /** Every socket that the connection has made. */
  readonly sockets: WebSocket[] = [];
  readonly #release: () => void;

  constructor(port: number, { answersPings = true, path = '/' } = {}) {
    const { sockets } = this;
    class RecordedSocket extends WebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols ?? [], { autoPong: answersPings });
        sockets.push(this);
      }
    }
    this.connection = createConnection(`ws://127.0.0.1:${port}${path}`, {
      reconnect: QUICK,
      WebSocket: RecordedSocket as unknown as WebSocketConstructor,
    });
    this.#release = this.connection.retain();
  }

  static async open(port: number, options?: { answersPings?: boolean; path?: string }): Promise<Client> {
    const client = new Client(port, options);
    await client.until(({ status }) => status === 'open');
    return client;
  }

  end(): void {
    this.#release();
  }

  until(isThere: (state: ConnectionState) => boolean): Promise<ConnectionState> {
    const { connection } = this;
    return new Promise((resolve) => {
      const look = (): void => {
        const state = connection.getState();
        if (!isThere(state)) return;
        stop();
        resolve(state);
      };
      const stop = connection.subscribe(look);
      look();
    });
  }

  /** Waits for the next close of a socket that was open. */
  nextClose(): Promise<CloseInfo> {
    return new Promise((resolve) => {
      const stop = this.connection.onEvent((event) => {
        if (event.type !== 'close' || !event.close.opened) return;
        stop();
        resolve(event.close);
      });
    });
  }

  nextMessage(): Promise<unknown> {
    return new Promise((resolve) => {
      const stop = this.connection.onMessage((message) => {
        stop();
        resolve(message);
      });
    });
  }

  /** Waits until a message has been answered, over whichever socket, or until the connection has ended. */
  async isServed(): Promise<boolean> {
    const { connection } = this;
    const answer = this.nextMessage().then(() => true);
    const stop = connection.onEvent(({ type }) => {
      if (type === 'open') connection.send('hello');
    });
    if (connection.getState().status === 'open') connection.send('hello');
    const end = this.until(({ status }) => status === 'closed' || status === 'failed').then(() => false);
    const isServed = await Promise.race([answer, end]);
    stop();
    return isServed;
  }
}
