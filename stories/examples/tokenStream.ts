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

const TEXT = [
  'Both codes end a WebSocket, but they ask for opposite reactions.',
  'A close with 1012 Service Restart is good news: the server restarts, usually for a deployment, and expects its clients back.',
  'Reconnect after a random delay of 1 to 5 seconds. The randomness matters, because all clients were closed at the same moment; with a fixed delay they would all return at the same moment too, and the server would be overloaded as soon as it is up.',
  'While the server is still down, it refuses your attempts, and you see 1006. Keep trying: the cause of the outage is still the restart.',
  'A close with 1003 Unsupported Data means that the server received a frame it cannot accept, for example binary data on an endpoint for text.',
  'Reconnecting would not help: your app would send the same frame and be closed again, for ever.',
  'Stop, show an error, and log what was sent last. Then fix the client so that it sends what the server expects, or reload the page if it is older than the server.',
  'In short: after 1012 wait and retry, after 1003 stop and fix.',
].join(' ');

/** Pieces of words, as a language model produces them. */
export const TOKENS: readonly string[] = TEXT.match(/.{1,2}/g) ?? [];

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
