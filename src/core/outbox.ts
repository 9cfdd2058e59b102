import { encode, type OwnMessage } from './contract.js';
import { asError, type SentFrame } from './errors.js';
import { freezeFrame } from './frames.js';
import type { Link } from './link.js';
import { attempt } from './listeners.js';
import { createSendQueue, type DroppedMessage, type DropReason, type QueuedMessage } from './sendQueue.js';
import { createTimer } from './timer.js';

/**
 * What became of a message: handed to an open socket, accepted to be sent once and in order, or not
 * accepted (the queue is full or off, or the connection is closed or failed).
 */
export type SendResult = 'sent' | 'queued' | 'refused';

/** The way out of a connection: contract, then socket or queue. Nothing that reached a socket is sent again. */
export interface Outbox<Out> {
  readonly send: (message: Out) => SendResult;
  /** Sends what the connection says by itself, if it is open; what goes wrong is told, because nobody called. */
  readonly sendOwn: (makeMessage: () => OwnMessage<Out>) => boolean;
  /** A socket has opened: what is sent from now on waits behind what goes out first. */
  readonly pause: () => void;
  /** What goes out first may go: what is sent is sent at once. */
  readonly resume: () => void;
  /** Sends what was queued. */
  readonly flush: () => void;
  /** Gives up what was queued. */
  readonly giveUp: (reason: DropReason) => void;
  /** Sees to it that what is too old is given up: on time in an outage, at rest when the queue is next used. */
  readonly watchAge: () => void;
  readonly getLastSent: () => SentFrame | null;
}

const BOUNDLESS = { maxMessages: Infinity, maxBytes: Infinity };

/** Creates the way out of a connection. */
export function createOutbox<In, Out>({
  getOptions,
  getStatus,
  getDial,
  emit,
  tell,
}: Link<In, Out>): Outbox<Out> {
  const queue = createSendQueue<Out>();
  const timer = createTimer();
  let lastSent: SentFrame | null = null;
  /** What is sent meanwhile waits its turn: behind what goes out first, or behind the rest of the queue. */
  let isHeld = false;
  let isFlushing = false;

  const transmit = ({ message, data, kind, type, size }: Omit<QueuedMessage<Out>, 'at'>): void => {
    getDial()?.send(data);
    lastSent = { kind, type, size, at: Date.now() };
    emit({ type: 'sent', message, kind, size });
  };
  const giveUp = (reason: DropReason, minAge = -Infinity): void => {
    // Taken out before anybody is told, because those who are told may send.
    const dropped: DroppedMessage<Out>[] = [];
    for (let oldest = queue.first(); oldest && Date.now() - oldest.at >= minAge; oldest = queue.first()) {
      queue.take();
      dropped.push({ message: oldest.message, reason });
    }
    for (const drop of dropped) {
      emit({ type: 'dropped', ...drop });
      tell('onDrop', drop);
    }
  };
  const expire = (): void => {
    giveUp('expired', getOptions().sendQueue.maxAge);
    watchAge();
  };
  const watchAge = (): void => {
    const { maxAge } = getOptions().sendQueue;
    const oldest = queue.first();
    timer.stop();
    if (oldest && maxAge < Infinity && getStatus().endsWith('connecting')) {
      timer.start(oldest.at + maxAge - Date.now(), expire);
    }
  };

  return {
    send(message) {
      const { contract, sendQueue } = getOptions();
      const frame = encode(contract, message);
      const isReady = getDial()?.isReady();
      if (isReady && !isHeld && !isFlushing) {
        transmit({ message, ...frame });
        return 'sent';
      }
      if (getStatus() === 'closed' || getStatus() === 'failed') return 'refused';
      expire();
      const entry = { message, ...frame, data: freezeFrame(frame.data), at: Date.now() };
      // A turn that comes in this very task is not a matter of room.
      if (!queue.add(entry, isReady ? BOUNDLESS : sendQueue)) return 'refused';
      watchAge();
      emit({ type: 'queued', message, kind: frame.kind, size: frame.size });
      return 'queued';
    },
    sendOwn(makeMessage) {
      if (isHeld || !getDial()?.isReady()) return false;
      try {
        const message = makeMessage() as Out;
        transmit({ message, ...encode(getOptions().contract, message) });
        return true;
      } catch (error) {
        tell('onError', asError(error));
        return false;
      }
    },
    pause() {
      isHeld = true;
    },
    resume() {
      isHeld = false;
    },
    flush() {
      isFlushing = true;
      expire();
      for (let next = queue.first(); next && getDial()?.isReady(); next = queue.first()) {
        queue.take();
        attempt(transmit, next);
      }
      isFlushing = false;
    },
    giveUp,
    watchAge,
    getLastSent: () => lastSent,
  };
}
