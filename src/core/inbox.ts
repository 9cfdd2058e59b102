import { decode } from './contract.js';
import { WebSocketError } from './errors.js';
import { describeFrame, type RawMessage } from './frames.js';
import type { Link } from './link.js';
import { addListener, attempt, callEach, type Listener } from './listeners.js';

/** The way in of a connection: contract, then everybody who reads, at once and in order. */
export interface Inbox<In> {
  readonly receive: (event: MessageEvent<RawMessage>) => void;
  readonly add: (read: (message: In, event: MessageEvent<RawMessage>) => void) => () => void;
}

/** Creates the way in of a connection; `onViolation` is told of messages that break the contract. */
export function createInbox<In, Out>(
  { getOptions, isTapped, emit, tell }: Link<In, Out>,
  deliver: (message: In, event: MessageEvent<RawMessage>) => void,
  onViolation: (error: WebSocketError) => void,
): Inbox<In> {
  const readers = new Set<Listener<[In, MessageEvent<RawMessage>]>>();
  let hasComplained = false;

  return {
    receive(event) {
      const { contract, maxMessageSize, heartbeat } = getOptions();
      let message: In;
      try {
        message = decode(contract, event.data, maxMessageSize);
      } catch (thrown) {
        const error = thrown as Error;
        emit({ type: 'violation', error });
        if (error instanceof WebSocketError) onViolation(error);
        // The program is wrong, not the message: said once.
        else if (!hasComplained) tell('onError', error);
        hasComplained ||= !(error instanceof WebSocketError);
        return;
      }
      if (heartbeat?.isReply && attempt(heartbeat.isReply, message)) {
        emit({ type: 'heartbeat', phase: 'reply' });
        return;
      }
      const frame = isTapped() && describeFrame(event.data);
      if (frame) emit({ type: 'message', message, kind: frame.kind, size: frame.size });
      callEach(readers, message, event);
      deliver(message, event);
    },
    add: (read) => addListener(readers, read),
  };
}
