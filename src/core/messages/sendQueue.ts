import { monotonicNow } from '../platform/timer.js';
import { assertInRange, assertType, isMissing, isObject } from '../platform/validation.js';
import type { EncodedMessage } from './contract.js';
import { freezeFrame, type MessageData } from './frames.js';

/** Limits of the queue for messages that are sent while no socket is open. */
export interface SendQueueOptions {
  /**
   * How many messages may wait.
   * @default 100
   */
  readonly maxMessages?: number | undefined;
  /**
   * How many bytes of payload may wait.
   * @default 1_048_576
   */
  readonly maxBytes?: number | undefined;
  /**
   * How long a message may wait, in ms.
   * @default 30_000
   */
  readonly maxAge?: number | undefined;
}

/**
 * Why a queued message was given up.
 *
 * - `expired`: it has waited for `maxAge`
 * - `closed`, `failed`: the connection was closed, or has failed
 * - `unmounted`: the last component that used the connection has unmounted
 * - `replaced`: another connection took its place
 */
export type DropReason = 'expired' | 'closed' | 'failed' | 'unmounted' | 'replaced';

/** A message that was queued and will not be sent. */
export interface DroppedMessage<Out = MessageData> {
  /** As it was given to `send()`. */
  readonly message: Out;
  /** Why it was given up. */
  readonly reason: DropReason;
}

/** The limits with their defaults, checked. `maxMessages: 0` is a queue that is off. */
export type QueueLimits = Readonly<Limits>;
type Limits = Record<keyof SendQueueOptions, number>;

const DEFAULT_LIMITS: QueueLimits = { maxMessages: 100, maxBytes: 1_048_576, maxAge: 30_000 };

/** Fills in the defaults; throws an error that names the option and the value. */
export function resolveSendQueue(options?: SendQueueOptions | false | null): QueueLimits {
  if (isMissing(options)) return DEFAULT_LIMITS;
  if (options === false) return { ...DEFAULT_LIMITS, maxMessages: 0 };
  assertType('sendQueue', options, 'an object or false', isObject(options));
  const limits: Limits = { ...DEFAULT_LIMITS };
  for (const name of Object.keys(limits) as (keyof QueueLimits)[])
    limits[name] = assertInRange(`sendQueue.${name}`, options[name] ?? limits[name]);
  return limits;
}

/** A message that waits, and since when by the monotonic clock. */
interface Entry<Out> extends EncodedMessage<Out> {
  readonly since: number;
}

/** Messages that wait for a socket: first in, first out, and each leaves once. */
export class SendQueue<Out> {
  /** Entries before `#head` have left; they are cut off now and then, so that a long queue is emptied in linear time. */
  #entries: Entry<Out>[] = [];
  #head = 0;
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#head === this.#entries.length;
  }

  /** Whether another message fits. */
  hasRoomFor(size: number, { maxMessages, maxBytes }: QueueLimits): boolean {
    return this.#entries.length - this.#head < maxMessages && this.#bytes + size <= maxBytes;
  }

  /** Adds a message with a copy of its bytes. */
  add(message: EncodedMessage<Out>): void {
    this.#entries.push({ ...message, data: freezeFrame(message.data), since: monotonicNow() });
    this.#bytes += message.size;
  }

  /** Takes the oldest message out. */
  take(): EncodedMessage<Out> | undefined {
    const oldest = this.#entries[this.#head];
    if (!oldest) return undefined;
    this.#bytes -= oldest.size;
    this.#head += 1;
    if (this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return oldest;
  }

  /** How long the oldest message has been waiting, in ms; -Infinity for an empty queue. */
  get oldestAge(): number {
    const oldest = this.#entries[this.#head];
    return oldest ? monotonicNow() - oldest.since : -Infinity;
  }
}
