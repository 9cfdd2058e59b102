import { type MessageSource, useMessageReducer } from './useMessageReducer.js';

/** Which messages count, and what of them. */
export interface LatestMessageOptions<In, Selected> {
  /** Only messages of this topic; needs the `topics` option of the connection. */
  readonly topic: string;
  /** What to keep of a message; `undefined` means that it is not for this component. */
  readonly select?: ((message: In) => Selected | undefined) | undefined;
}

/**
 * The newest message, or what `select` keeps of it; renders at most once a frame, and not at all for messages
 * of which `select` keeps nothing. Another `select` applies to the messages that are still to come; another
 * `topic` begins with nothing again.
 *
 * @example const price = useLatestMessage(socket, (quote) => (quote.symbol === 'AAPL' ? quote.price : undefined));
 */
export function useLatestMessage<In, Selected = In>(
  source: MessageSource<In>,
  select?: ((message: In) => Selected | undefined) | LatestMessageOptions<In, Selected>,
): Selected | undefined {
  const { topic, select: choose } =
    typeof select === 'function' ? { topic: undefined, select } : (select ?? {});
  return useMessageReducer<In, Selected | undefined>(
    source,
    // Without it what is selected is the message.
    choose ? (kept, message) => keepNewest(kept, choose(message)) : (keepNewest as never),
    undefined,
    { topic },
  );
}

/** Always the same one where everything is kept, so that there is nothing to follow. */
function keepNewest<Selected>(kept: Selected, chosen: Selected | undefined): Selected {
  return chosen === undefined ? kept : chosen;
}
