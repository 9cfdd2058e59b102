import { createStore, type Store } from '../demo/store.js';
import type { Serve, StoryServer } from '../server/storyServer.js';

/** One token of an answer. */
export interface TokenMessage {
  /** 0 for the first token of an answer. */
  readonly index: number;
  readonly text: string;
  readonly isLast: boolean;
}

/** The tokens received so far. */
export interface Answer {
  readonly text: string;
  readonly tokens: number;
  /** Whether an index was skipped. */
  readonly hasGap: boolean;
  readonly isComplete: boolean;
}

/** An answer without tokens. */
export const EMPTY_ANSWER: Answer = { text: '', tokens: 0, hasGap: false, isComplete: false };

/** The reducer: appends a token. */
export function appendToken(answer: Answer, { index, text, isLast }: TokenMessage): Answer {
  const previous = index === 0 ? EMPTY_ANSWER : answer;
  return {
    text: previous.text + text,
    tokens: previous.tokens + 1,
    hasGap: previous.hasGap || index !== previous.tokens,
    isComplete: isLast,
  };
}

const SENTENCES = [
  'A WebSocket that closes with 1012 Service Restart comes back: the server only restarts.',
  'Wait a random 1 to 5 seconds, so that the clients of a server do not return at the same moment.',
  'A WebSocket that closes with 1003 Unsupported Data does not come back by itself: the server rejected the data.',
  'Retrying would send the same data again, so fix the data first and reconnect afterwards.',
];

/** Pieces of words, as a language model produces them. */
export const TOKENS: readonly string[] = Array.from({ length: 5 }, () => SENTENCES)
  .flat()
  .join(' ')
  .match(/.{1,3}/gs) as readonly string[];

/** The model's server. */
export interface AnswerServer {
  readonly serve: Serve;
  /** Tokens sent for the current answer. */
  readonly sent: Pick<Store<number>, 'get' | 'subscribe'>;
  /** Streams an answer to every client. */
  readonly answer: (server: StoryServer) => void;
}

/** Tokens per message event burst, and the time between bursts. */
const TOKENS_PER_BURST = 6;
const BURST_INTERVAL_MS = 12;

/** Creates a server that streams an answer in bursts. */
export function createAnswerServer(): AnswerServer {
  const sent = createStore(0);
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    serve: () => () => undefined,
    sent,
    answer(server) {
      clearInterval(timer);
      sent.set(() => 0);
      timer = setInterval(() => {
        const from = sent.get();
        const to = Math.min(TOKENS.length, from + TOKENS_PER_BURST);
        for (let index = from; index < to; index += 1) {
          const text = TOKENS[index] ?? '';
          server.send(
            JSON.stringify({ index, text, isLast: index === TOKENS.length - 1 } satisfies TokenMessage),
          );
        }
        sent.set(() => to);
        if (to === TOKENS.length) clearInterval(timer);
      }, BURST_INTERVAL_MS);
    },
  };
}
