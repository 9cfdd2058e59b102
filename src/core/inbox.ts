import { decode } from './contract.js';
import { WebSocketError } from './errors.js';
import { describeFrame, type RawMessage } from './frames.js';
import type { Link } from './link.js';
import { addListener, attempt, callEach } from './listeners.js';

/** Somebody who reads messages. */
export type Reader<In> = (message: In, event: MessageEvent<RawMessage>) => void;

/** The way in of a connection: contract, then everybody who reads, at once and in order. */
export interface Inbox<In> {
  readonly receive: (event: MessageEvent<RawMessage>) => void;
  readonly add: (read: Reader<In>) => () => void;
}

/** Creates the way in of a connection; `onViolation` is told of messages that break the contract. */
export function createInbox<In, Out>(
  { getOptions, isTapped, emit, tell }: Link<In, Out>,
  deliver: Reader<In>,
  onViolation: (error: WebSocketError) => void,
): Inbox<In> {
  const readers = new Set<Reader<In>>();
  let hasComplained = false;

  return {
    receive(event) {
      const { contract, maxMessageSize, heartbeat } = getOptions();
      const { data } = event;
      let message: In;
      try {
        message = decode(contract, data, maxMessageSize);
      } catch (thrown) {
        const error = thrown as Error;
        emit({ type: 'violation', error });
        if (error instanceof WebSocketError) onViolation(error);
        else {
          // The program is wrong, not the message: said once.
          if (!hasComplained) tell('onError', error);
          hasComplained = true;
        }
        return;
      }
      if (heartbeat?.isReply && attempt(heartbeat.isReply, message)) {
        emit({ type: 'heartbeat', phase: 'reply' });
        return;
      }
      const frame = isTapped() && describeFrame(data);
      if (frame) emit({ type: 'message', message, kind: frame.kind, size: frame.size });
      callEach(readers, message, event);
      deliver(message, event);
    },
    add: (read) => addListener(readers, read),
  };
}
