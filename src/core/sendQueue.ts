import { within } from './defaults.js';
import type { FrameInfo, MessageData } from './frames.js';

/** Bounds of what is kept while no socket is open. */
export interface SendQueueOptions {
  /**
   * How many messages are kept.
   * @default 100
   */
  readonly maxMessages?: number | undefined;
  /**
   * Bytes of payload.
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
 * - `unmounted`: the last component has gone
 * - `replaced`: another connection took the place of this one
 */
export type DropReason = 'expired' | 'closed' | 'failed' | 'unmounted' | 'replaced';

/** A message that was queued and will not be sent. */
export interface DroppedMessage<Out = MessageData> {
  /** As it was given to `send()`. */
  readonly message: Out;
  /** Why it was given up. */
  readonly reason: DropReason;
}

/** The bounds with their defaults, checked; `maxMessages: 0` is a queue that is off. */
export type QueueBounds = Readonly<Record<'maxMessages' | 'maxBytes' | 'maxAge', number>>;

/** Fills in the defaults; throws a `RangeError` that names the option and the value. */
export function resolveSendQueue(options?: SendQueueOptions | false): QueueBounds {
  const given: SendQueueOptions = options === false ? { maxMessages: 0 } : (options ?? {});
  const { maxMessages = 100, maxBytes = 1_048_576, maxAge = 30_000 } = given;
  within('sendQueue.maxMessages', maxMessages, 0, Infinity);
  within('sendQueue.maxBytes', maxBytes, 0, Infinity);
  within('sendQueue.maxAge', maxAge, 0, Infinity);
  return { maxMessages, maxBytes, maxAge };
}

/** A message that waits, with its frame as it was when `send()` was called. */
export interface QueuedMessage<Out> extends FrameInfo {
  readonly message: Out;
  readonly data: MessageData;
  readonly at: number;
}

/** Messages that were accepted while no socket was open: first in, first out, each leaves once. */
export interface SendQueue<Out> {
  /** Whether it was accepted. */
  add(entry: QueuedMessage<Out>, bounds: Omit<QueueBounds, 'maxAge'>): boolean;
  /** The oldest. */
  first(): QueuedMessage<Out> | undefined;
  /** Takes out the oldest. */
  take(): QueuedMessage<Out> | undefined;
}

/** Creates an empty queue. */
export function createSendQueue<Out>(): SendQueue<Out> {
  const entries: QueuedMessage<Out>[] = [];
  let bytes = 0;
  return {
    add(entry, { maxMessages, maxBytes }) {
      if (entries.length >= maxMessages || bytes + entry.size > maxBytes) return false;
      entries.push(entry);
      bytes += entry.size;
      return true;
    },
    first: () => entries[0],
    take() {
      const entry = entries.shift();
      bytes -= entry?.size ?? 0;
      return entry;
    },
  };
}
