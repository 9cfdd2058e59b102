import { encode, type OwnMessage } from './contract.js';
import { OPEN } from './dial.js';
import { asError, type SentFrame } from './errors.js';
import { type FrameInfo, freezeFrame, type MessageData } from './frames.js';
import type { Link } from './link.js';
import { attempt } from './listeners.js';
import type { DroppedMessage, DropReason } from './sendQueue.js';
import { createTimer } from './timer.js';

/**
 * What became of a message: handed to an open socket, accepted to be sent once and in order, or not
 * accepted (the queue is full or off, the connection is closed or failed, or its component is gone).
 */
export type SendResult = 'sent' | 'queued' | 'refused';

/** A message with its frame, as it was when `send()` was called. */
interface Parcel<Out> extends FrameInfo {
  readonly message: Out;
  readonly data: MessageData;
}

/** The way out of a connection: contract, then socket or queue. Nothing that reached a socket is sent again. */
export interface Outbox<Out> {
  readonly send: (message: Out) => SendResult;
  /** Sends what the connection says by itself, if it is open; what goes wrong is told, because nobody called. */
  readonly sendOwn: (makeMessage: () => OwnMessage<Out>) => boolean;
  /** A socket has opened: what is sent waits until `open`. */
  readonly pause: () => void;
  /** What is sent while `greet` runs goes out first, then the queue goes. */
  readonly open: (greet: () => void) => void;
  /** Gives up what was queued. */
  readonly giveUp: (reason: DropReason) => void;
  /** Sees to it that what is too old is given up: on time in an outage, at rest when the queue is next used. */
  readonly watchAge: () => void;
  readonly getLastSent: () => SentFrame | null;
  readonly hasQueued: () => boolean;
}

/** Creates the way out of a connection. */
export function createOutbox<In, Out>({
  getOptions,
  getStatus,
  getSocket,
  isOver,
  emit,
  tell,
}: Link<In, Out>): Outbox<Out> {
  /** First in, first out; each leaves once. */
  const queue: (Parcel<Out> & { readonly at: number })[] = [];
  const timer = createTimer();
  let bytes = 0;
  let lastSent: SentFrame | null = null;
  let isPaused = false;
  let isFlushing = false;

  const isReady = (): boolean => getSocket()?.readyState === OPEN;
  const take = (): Parcel<Out> => {
    const parcel = queue.shift() as Parcel<Out>;
    bytes -= parcel.size;
    return parcel;
  };
  const transmit = ({ message, data, kind, type, size }: Parcel<Out>): void => {
    getSocket()?.send(data);
    lastSent = { kind, type, size, at: Date.now() };
    emit({ type: 'sent', message, kind, size });
  };
  const giveUp = (reason: DropReason, minAge = -Infinity): void => {
    // Taken out before anybody is told, because those who are told may send.
    const dropped: DroppedMessage<Out>[] = [];
    while (queue[0] && Date.now() - queue[0].at >= minAge) dropped.push({ message: take().message, reason });
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
    const [oldest] = queue;
    timer();
    if (oldest && getStatus().endsWith('connecting'))
      timer(oldest.at + getOptions().sendQueue.maxAge - Date.now(), expire);
  };

  return {
    send(message) {
      const { contract, sendQueue } = getOptions();
      const parcel = { message, ...encode(contract, message) };
      const { data, kind, size } = parcel;
      // A turn that comes in this very task is not a matter of room.
      const isNow = isReady();
      if (isNow && !isPaused && !isFlushing) {
        transmit(parcel);
        return 'sent';
      }
      if (isOver()) return 'refused';
      expire();
      if (!isNow && (queue.length >= sendQueue.maxMessages || bytes + size > sendQueue.maxBytes))
        return 'refused';
      queue.push({ ...parcel, data: freezeFrame(data), at: Date.now() });
      bytes += size;
      watchAge();
      emit({ type: 'queued', message, kind, size });
      return 'queued';
    },
    sendOwn(makeMessage) {
      if (isPaused || !isReady()) return false;
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
      isPaused = true;
    },
    open(greet) {
      isPaused = false;
      greet();
      isFlushing = true;
      expire();
      while (queue[0] && isReady()) attempt(transmit, take());
      isFlushing = false;
    },
    giveUp,
    watchAge,
    getLastSent: () => lastSent,
    hasQueued: () => queue.length > 0,
  };
}
