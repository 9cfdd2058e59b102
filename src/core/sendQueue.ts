import { within } from './defaults.js';
import type { MessageData } from './frames.js';

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
  within('sendQueue.maxMessages', maxMessages);
  within('sendQueue.maxBytes', maxBytes);
  within('sendQueue.maxAge', maxAge);
  return { maxMessages, maxBytes, maxAge };
}
