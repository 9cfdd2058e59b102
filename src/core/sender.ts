import type { SendResult } from './connection.js';
import type { ConnectionHost } from './connectionHost.js';
import { asError } from './errors.js';
import { encode, type EncodedMessage, type OwnMessage } from './messages/contract.js';
import type { MessageData } from './messages/frames.js';
import { type DropReason, SendQueue } from './messages/sendQueue.js';
import { report } from './platform/runSafely.js';
import { Timer } from './platform/timer.js';

/**
 * What happens to a message that is sent now:
 *
 * - `waiting`: there is no socket, or the login is not acknowledged yet; it is queued
 * - `opening`: a socket has opened, and `onOpen` comes first; it is queued
 * - `greeting`: `onOpen` is being called; it goes out at once, and subscriptions of topics wait
 * - `flushing`: messages that have waited are being sent; it is queued behind them, and subscriptions of topics go out
 * - `through`: it goes out at once
 */
type Gate = 'waiting' | 'opening' | 'greeting' | 'flushing' | 'through';

/**
 * How many messages listeners may send while they are told of others. Further ones are refused, because a listener
 * that sends something for every message sent would never end.
 */
const MAX_ANSWERS = 200;

/**
 * The outgoing side of a connection: contract, then socket, queue or refusal. A message that is sent before a socket is
 * open waits in the queue. A message that reached a socket is not sent again.
 */
export class Sender<In, Out> {
  readonly #host: ConnectionHost<In, Out>;
  gate: Gate = 'waiting';
  /** Made with the first message that waits. */
  #queue: SendQueue<Out> | null = null;
  /** The option `maxAge` of the queue; cleared in {@link watchAge} once nothing waits or no dial is under way. */
  #expiryTimer: Timer | null = null;
  /** How many messages were sent by listeners that are being told of others; `null` while none is told. */
  #answers: number | null = null;

  constructor(host: ConnectionHost<In, Out>) {
    this.#host = host;
  }

  send(message: Out): SendResult {
    const { contract, sendQueue } = this.#host.config;
    const encoded = encode(contract, message);
    if (this.#answers !== null && (this.#answers += 1) > MAX_ANSWERS) return 'refused';
    const { canTransmit } = this.#host;
    if (canTransmit && (this.gate === 'through' || this.gate === 'greeting')) {
      this.#transmit(encoded);
      return 'sent';
    }
    if (this.#host.refusesMessages) return 'refused';
    this.#dropExpired();
    const queue = (this.#queue ??= new SendQueue());
    // A message that waits only for onOpen or for the current flush does not count against the limits.
    const isInTurn = canTransmit && this.gate !== 'waiting';
    if (!isInTurn && !queue.hasRoomFor(encoded.size, sendQueue)) {
      // The queue may be empty now, and needs no timer then.
      this.watchAge();
      return 'refused';
    }
    queue.add(encoded);
    this.watchAge();
    this.#tell(() => this.#host.emit({ type: 'queued', message, kind: encoded.kind, size: encoded.size }));
    return 'queued';
  }

  /** Sends a message of the connection itself, if it is open; a failure is reported, because there is no caller. */
  sendOwn(makeMessage: () => OwnMessage<Out>): boolean {
    const isOpen = this.gate === 'flushing' || this.gate === 'through';
    if (!isOpen || !this.#host.canTransmit) return false;
    try {
      this.#transmit(encode(this.#host.config.contract, makeMessage() as Out));
      return true;
    } catch (error) {
      this.#host.callObservers('onError', asError(error));
      return false;
    }
  }

  /** Sends a frame as it stands, outside the contract and the events. */
  sendRaw(data: MessageData): boolean {
    try {
      this.#host.transmit(data);
      return true;
    } catch (error) {
      this.#host.callObservers('onError', asError(error));
      return false;
    }
  }

  /** Sends what has waited; the gate is `flushing` meanwhile. */
  flush(): void {
    this.#dropExpired();
    this.#tell(() => {
      while (this.#host.canTransmit) {
        const oldest = this.#queue?.take();
        if (!oldest) break;
        try {
          this.#transmit(oldest);
        } catch (error) {
          report(error);
          this.#drop([oldest], 'failed');
        }
      }
    });
    if (this.#host.canTransmit) this.gate = 'through';
    this.watchAge();
  }

  /** Gives up everything that waits. */
  dropQueued(reason: DropReason): void {
    this.#dropOlderThan(-Infinity, reason);
    this.watchAge();
  }

  /** Drops what is too old: on time while connecting, else when the queue is next used. */
  watchAge(): void {
    const isNeeded = this.#queue !== null && !this.#queue.isEmpty && this.#host.isConnecting;
    if (!isNeeded) {
      this.#expiryTimer?.clear();
      return;
    }
    const left = this.#host.config.sendQueue.maxAge - (this.#queue?.oldestAge ?? 0);
    (this.#expiryTimer ??= new Timer()).start(left, () => {
      this.#dropExpired();
      this.watchAge();
    });
  }

  #dropExpired(): void {
    this.#dropOlderThan(this.#host.config.sendQueue.maxAge, 'expired');
  }

  #dropOlderThan(age: number, reason: DropReason): void {
    // Taken out before the callbacks run, because those may send.
    const dropped: EncodedMessage<Out>[] = [];
    while (this.#queue && !this.#queue.isEmpty && this.#queue.oldestAge >= age) {
      const oldest = this.#queue.take();
      if (oldest) dropped.push(oldest);
    }
    this.#drop(dropped, reason);
  }

  #drop(messages: readonly EncodedMessage<Out>[], reason: DropReason): void {
    for (const { message } of messages)
      this.#tell(() => {
        this.#host.emit({ type: 'dropped', message, reason });
        this.#host.callObservers('onDrop', { message, reason });
      });
  }

  #transmit(encoded: EncodedMessage<Out>): void {
    const { message, data, kind, size } = encoded;
    this.#host.transmit(data);
    this.#host.traffic.onSent(encoded);
    this.#tell(() => this.#host.emit({ type: 'sent', message, kind, size }));
  }

  /** Runs what tells listeners of messages. */
  #tell(run: () => void): void {
    if (this.#answers !== null) {
      run();
      return;
    }
    this.#answers = 0;
    try {
      run();
    } finally {
      this.#answers = null;
    }
  }
}
