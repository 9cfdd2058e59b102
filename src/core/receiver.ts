import type { ConnectionHost } from './connectionHost.js';
import { asOutdated, WebSocketError } from './errors.js';
import { decode } from './messages/contract.js';
import { frameSize, type RawMessage } from './messages/frames.js';
import { isReply } from './socket/heartbeat.js';

/** What the incoming side needs of its connection. */
export interface ReceiverHost<In, Out> extends ConnectionHost<In, Out> {
  /** Delivers a message to everything that reads. */
  deliver(message: In, event: MessageEvent<RawMessage>): void;
  /** A message broke the contract, and the option `onViolation` says that this ends the connection. */
  failByViolation(error: WebSocketError): void;
}

/** The incoming side of a connection: contract, then every reader, at once and in order. */
export class Receiver<In, Out> {
  readonly #host: ReceiverHost<In, Out>;
  #hasReportedMisuse = false;

  constructor(host: ReceiverHost<In, Out>) {
    this.#host = host;
  }

  /** Takes a frame. `isCurrent` says whether its socket is still the one of the connection. */
  receive(event: MessageEvent<RawMessage>, isCurrent: () => boolean): void {
    const { config, traffic } = this.#host;
    const { contract, maxMessageSize, heartbeat } = config;
    const { data } = event;
    traffic.onReceived();
    if (heartbeat?.raw && isReply(heartbeat, data)) {
      this.#host.emit({ type: 'heartbeat', phase: 'reply' });
      return;
    }
    const deliver = (message: In): void => {
      // decode, or the reader of an earlier message of the batch, may have closed the connection.
      if (isCurrent()) this.#deliver(message, event);
    };
    try {
      decode(contract, data, maxMessageSize, deliver, (error) => this.#reject(error));
    } catch (error) {
      if (isCurrent()) this.#reject(error);
    }
  }

  #deliver(message: In, event: MessageEvent<RawMessage>): void {
    const { heartbeat } = this.#host.config;
    if (!heartbeat?.raw && isReply(heartbeat, message)) {
      this.#host.emit({ type: 'heartbeat', phase: 'reply' });
      return;
    }
    this.#host.traffic.onDelivered();
    if (this.#host.isTapped) {
      const { data } = event;
      this.#host.emit({
        type: 'message',
        message,
        kind: typeof data === 'string' ? 'text' : 'binary',
        // Counting the bytes of a long text takes time, and not every listener asks for them.
        get size() {
          return frameSize(data);
        },
      });
    }
    this.#host.deliver(message, event);
  }

  #reject(thrown: unknown): void {
    const error = thrown as Error;
    if (!(error instanceof WebSocketError)) {
      this.#host.emit({ type: 'violation', error });
      // A mistake of the program that every message would repeat.
      if (!this.#hasReportedMisuse) this.#host.callObservers('onError', error);
      this.#hasReportedMisuse = true;
      return;
    }
    if (this.#host.traffic.isOutdated) asOutdated(error);
    this.#host.emit({ type: 'violation', error });
    if (this.#host.config.onViolation === 'fail') this.#host.failByViolation(error);
    else this.#host.callObservers('onError', error);
  }
}
