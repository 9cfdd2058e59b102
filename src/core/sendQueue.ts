import { within } from './bounds.js';
import type { MessageData } from './frames.js';

/** Bounds of what is kept while no socket is open. */
export interface SendQueueOptions {
  /** @default 100 */
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

/** Why a queued message was given up. */
export type DropReason = 'expired' | 'closed' | 'failed' | 'unmounted' | 'replaced';

/** A message that was queued and will not be sent. */
export interface DroppedMessage<Out = MessageData> {
  readonly message: Out;
  readonly reason: DropReason;
}

/** The bounds with their defaults, checked; `maxMessages: 0` is a queue that is off. */
export type QueueBounds = Readonly<Record<'maxMessages' | 'maxBytes' | 'maxAge', number>>;

/** Fills in the defaults; throws a `RangeError` that names the option and the value. */
export function resolveSendQueue(options: SendQueueOptions | false = {}): QueueBounds {
  const { maxMessages = 100, maxBytes = 1_048_576, maxAge = 30_000 } = options || { maxMessages: 0 };
  return {
    maxMessages: within('sendQueue.maxMessages', maxMessages, 0, Infinity),
    maxBytes: within('sendQueue.maxBytes', maxBytes, 0, Infinity),
    maxAge: within('sendQueue.maxAge', maxAge, 0, Infinity),
  };
}

/** A message that waits, with its frame as it was when `send()` was called. */
export interface QueuedMessage<Out> {
  readonly message: Out;
  readonly data: MessageData;
  /** The JavaScript type that the caller sent. */
  readonly type: string;
  readonly size: number;
  readonly at: number;
}

/** Messages that were accepted while no socket was open: first in, first out, each leaves once. */
export interface SendQueue<Out> {
  /** Whether it was accepted. */
  add(entry: QueuedMessage<Out>, bounds: QueueBounds): boolean;
  /** Takes out the oldest. */
  take(): QueuedMessage<Out> | undefined;
  /** Takes out what is older than `maxAge`. */
  takeExpired(now: number, maxAge: number): readonly QueuedMessage<Out>[];
  /** When the oldest was added, or `undefined` while empty. */
  oldest(): number | undefined;
}

/** Creates an empty queue. */
export function createSendQueue<Out>(): SendQueue<Out> {
  const entries: QueuedMessage<Out>[] = [];
  let bytes = 0;
  const leave = (gone: readonly QueuedMessage<Out>[]): void => {
    for (const { size } of gone) bytes -= size;
  };
  return {
    add(entry, { maxMessages, maxBytes }) {
      if (entries.length >= maxMessages || bytes + entry.size > maxBytes) return false;
      entries.push(entry);
      bytes += entry.size;
      return true;
    },
    take() {
      const entry = entries.shift();
      if (entry) leave([entry]);
      return entry;
    },
    takeExpired(now, maxAge) {
      const fresh = entries.findIndex(({ at }) => now - at < maxAge);
      const expired = entries.splice(0, fresh < 0 ? entries.length : fresh);
      leave(expired);
      return expired;
    },
    oldest: () => entries[0]?.at,
  };
}
