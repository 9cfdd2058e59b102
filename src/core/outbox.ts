import { encode } from './contract.js';
import type { Dial } from './dial.js';
import { asError, type SentFrame } from './errors.js';
import type { Taps } from './events.js';
import { describeType, frameKind, frameSize, freezeFrame, type MessageData } from './frames.js';
import { attempt } from './listeners.js';
import type { ConnectionStatus } from './machine.js';
import type { ResolvedOptions } from './options.js';
import { createSendQueue, type DroppedMessage, type DropReason } from './sendQueue.js';
import { createTimer } from './timer.js';

/**
 * What became of a message: handed to an open socket, accepted to be sent once and in order, or not
 * accepted (the queue is full or off, or the connection is closed or failed).
 */
export type SendResult = 'sent' | 'queued' | 'refused';

/** What the way out needs to know of its connection. */
export interface OutboxLink<In, Out> {
  readonly getOptions: () => ResolvedOptions<In, Out>;
  readonly getDial: () => Dial | null;
  readonly getStatus: () => ConnectionStatus;
  readonly onDrop: (dropped: DroppedMessage<Out>) => void;
  readonly onError: (error: Error) => void;
  readonly taps: Taps<In, Out>;
}

/** The way out of a connection: contract, then socket or queue. Nothing that reached a socket is sent again. */
export interface Outbox<Out> {
  send(message: Out): SendResult;
  /** Sends what the connection says by itself, if it is open; what goes wrong is told, because nobody called. */
  sendOwn(makeMessage: () => Out): boolean;
  /** Sends what was queued. */
  flush(): void;
  /** Gives up what was queued. */
  handBack(reason: DropReason): void;
  /** Hands messages back when they are too old: on time while a dial is under way, at rest not by a timer. */
  watchAge(): void;
  getLastSent(): SentFrame | null;
}

/** Creates the way out of a connection. */
export function createOutbox<In, Out>({
  getOptions,
  getDial,
  getStatus,
  onDrop,
  onError,
  taps,
}: OutboxLink<In, Out>): Outbox<Out> {
  const queue = createSendQueue<Out>();
  const timer = createTimer();
  let last: (Omit<SentFrame, 'size'> & { readonly size: number | string }) | null = null;

  const drop = (message: Out, reason: DropReason): void => {
    taps.emit({ type: 'dropped', message, reason });
    onDrop({ message, reason });
  };
  const dropExpired = (): void => {
    for (const { message } of queue.takeExpired(Date.now(), getOptions().sendQueue.maxAge))
      drop(message, 'expired');
  };
  const watchAge = (): void => {
    const oldest = queue.oldest();
    const { maxAge } = getOptions().sendQueue;
    timer.stop();
    if (oldest === undefined || maxAge === Infinity || !isUnderWay(getStatus())) return;
    timer.start(oldest + maxAge - Date.now(), () => {
      dropExpired();
      watchAge();
    });
  };
  const transmit = (message: Out, data: MessageData, type: string): void => {
    getDial()?.send(data);
    const kind = frameKind(data);
    // The bytes of a text are counted when somebody asks.
    last = { kind, type, at: Date.now(), size: typeof data === 'string' ? data : frameSize(data) };
    if (taps.areOpen()) taps.emit({ type: 'sent', message, kind, size: frameSize(data) });
  };

  return {
    send(message) {
      const { contract, sendQueue } = getOptions();
      const data = encode(contract, message);
      const type = describeType(data);
      const status = getStatus();
      if (getDial()?.isReady()) {
        transmit(message, data, type);
        return 'sent';
      }
      if (status === 'closed' || status === 'failed') return 'refused';
      dropExpired();
      const size = frameSize(data);
      if (!queue.add({ message, data: freezeFrame(data), type, size, at: Date.now() }, sendQueue))
        return 'refused';
      taps.emit({ type: 'queued', message, kind: frameKind(data), size });
      watchAge();
      return 'queued';
    },
    sendOwn(makeMessage) {
      if (!getDial()?.isReady()) return false;
      try {
        const message = makeMessage();
        const data = encode(getOptions().contract, message);
        transmit(message, data, describeType(data));
        return true;
      } catch (error) {
        onError(asError(error));
        return false;
      }
    },
    flush() {
      timer.stop();
      dropExpired();
      while (getDial()?.isReady()) {
        const entry = queue.take();
        if (!entry) return;
        attempt(transmit, entry.message, entry.data, entry.type);
      }
    },
    handBack(reason) {
      timer.stop();
      for (let entry = queue.take(); entry; entry = queue.take()) drop(entry.message, reason);
    },
    watchAge,
    getLastSent: () =>
      last && { ...last, size: typeof last.size === 'string' ? frameSize(last.size) : last.size },
  };
}

function isUnderWay(status: ConnectionStatus): boolean {
  return status === 'connecting' || status === 'reconnecting';
}
