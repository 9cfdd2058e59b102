import { type MessageSource, useMessageReading } from './useMessageReducer.js';

/** Which messages count, and what of them. */
export interface LatestMessageOptions<In, Selected> {
  /** Only messages of this topic; needs the `topics` option of the connection. */
  readonly topic: string;
  /** What to keep of a message; `undefined` means that the message is not for this component. */
  readonly select?: ((message: In) => Selected | undefined) | undefined;
}

/**
 * The newest message, or what `select` keeps of it. It renders at most once a frame, and not at all for messages of
 * which `select` keeps nothing. With a `topic` it begins with the newest message that other readers of that topic
 * have seen. Another `select` applies to the messages that are still to come.
 *
 * @example const price = useLatestMessage(socket, (quote) => (quote.symbol === 'AAPL' ? quote.price : undefined));
 */
export function useLatestMessage<In, Selected = In>(
  source: MessageSource<In>,
  select?: ((message: In) => Selected | undefined) | LatestMessageOptions<In, Selected>,
): Selected | undefined {
  const { topic, select: choose } =
    typeof select === 'function' ? { topic: undefined, select } : (select ?? {});
  return useMessageReading<In, Selected | undefined>(
    source,
    // Without `select`, the message itself is kept.
    choose ? (kept, message) => keepNewest(kept, choose(message)) : (keepNewest as never),
    undefined,
    { topic, beginsWithNewest: true },
  );
}

/** One function for every component without `select`, so that its identity never changes. */
function keepNewest<Selected>(kept: Selected, chosen: Selected | undefined): Selected {
  return chosen === undefined ? kept : chosen;
}
