import { decode } from './contract.js';
import { WebSocketError } from './errors.js';
import type { Taps } from './events.js';
import { frameKind, frameSize, type RawMessage } from './frames.js';
import { addListener, attempt, callEach, type Listener } from './listeners.js';
import type { ResolvedOptions } from './options.js';
import type { TopicReaders } from './topics.js';

/** What the way in needs to know of its connection. */
export interface InboxLink<In, Out> {
  readonly getOptions: () => ResolvedOptions<In, Out>;
  readonly topics: TopicReaders<In>;
  readonly taps: Taps<In, Out>;
  /** A message broke the contract and is not delivered. */
  readonly onViolation: (error: WebSocketError) => void;
  readonly onError: (error: Error) => void;
}

/** The way in of a connection: contract, then everybody who reads, at once and in order. */
export interface Inbox<In> {
  receive(event: MessageEvent<RawMessage>): void;
  add(read: (message: In, event: MessageEvent) => void): () => void;
}

/** Creates the way in of a connection. */
export function createInbox<In, Out>({
  getOptions,
  topics,
  taps,
  onViolation,
  onError,
}: InboxLink<In, Out>): Inbox<In> {
  const readers = new Set<Listener<[In, MessageEvent]>>();
  let hasComplained = false;

  const refuse = (error: Error): void => {
    taps.emit({ type: 'violation', error });
    if (error instanceof WebSocketError) {
      onViolation(error);
    } else if (!hasComplained) {
      // The program is wrong, not the message: said once.
      hasComplained = true;
      onError(error);
    }
  };

  return {
    receive(event) {
      const { contract, maxMessageSize, heartbeat } = getOptions();
      const { data } = event;
      let message: In;
      try {
        message = decode(contract, data, maxMessageSize);
      } catch (error) {
        refuse(error as Error);
        return;
      }
      let isReply: boolean | undefined = false;
      attempt(() => {
        isReply = heartbeat?.isReply?.(message);
      });
      if (isReply) {
        taps.emit({ type: 'heartbeat', phase: 'reply' });
        return;
      }
      if (taps.areOpen())
        taps.emit({ type: 'message', message, kind: frameKind(data), size: frameSize(data) });
      callEach(readers, message, event);
      topics.deliver(message, event);
    },
    add: (read) => addListener(readers, read),
  };
}
