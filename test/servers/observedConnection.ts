import {
  type CloseInfo,
  type Connection,
  type ConnectionOptions,
  type ConnectionState,
  createConnection,
  type WebSocketErrorKind,
} from '../../src/core/index.js';
import { waitForState } from '../support/waitForState.js';

/** The default rules with shorter delays. */
const QUICK = { minDelay: 20, maxDelay: 100, widenTo: 100 } as const;

/** The reaction of the library to a close, as plain data that a page can return to the test. */
export interface Outcome {
  readonly status: ConnectionState['status'];
  readonly kind: WebSocketErrorKind | null;
}

/** A connection of the library and what tests wait for, in Node or in a page. */
export class ObservedConnection {
  readonly connection: Connection;
  readonly #firstClose: Promise<CloseInfo>;
  readonly #release: () => void;

  constructor(url: string, options: Pick<ConnectionOptions, 'WebSocket'> = {}) {
    this.connection = createConnection(url, { reconnect: QUICK, ...options });
    this.#firstClose = this.nextClose();
    this.#release = this.connection.retain();
  }

  end(): void {
    this.#release();
  }

  outcome(): Outcome {
    const { status, error } = this.connection.getState();
    return { status, kind: error?.kind ?? null };
  }

  async waitUntilOpen(): Promise<void> {
    await waitForState(this.connection, ({ status }) => status === 'open');
  }

  /** Waits for the first close of a socket that was open. */
  firstClose(): Promise<CloseInfo> {
    return this.#firstClose;
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

  sendBinary(): void {
    this.connection.send(new Uint8Array(10));
  }

  /** Waits until a message is answered, over any socket, or until the connection has ended. */
  async waitForAnswer(): Promise<boolean> {
    const { connection } = this;
    const answer = this.nextMessage().then(() => true);
    const stop = connection.onEvent(({ type }) => {
      if (type === 'open') connection.send('hello');
    });
    if (connection.getState().status === 'open') connection.send('hello');
    const end = waitForState(
      this.connection,
      ({ status }) => status === 'closed' || status === 'failed',
    ).then(() => false);
    const isServed = await Promise.race([answer, end]);
    stop();
    return isServed;
  }
}
