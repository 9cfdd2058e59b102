import type { StoryServer } from '../server/storyServer.js';
import type { Tally } from './tally.js';

/** How many messages a burst has. */
export const BURST = 10_000;

/** A message of a burst. */
export interface Tick {
  /** 1 for the first message of a burst. */
  readonly seq: number;
  readonly price: number;
}

/** So many messages come in one task, as when a browser has read them from the network in one go. */
const PER_TASK = 250;

/** Sends a burst to every socket of a server; each message is an event of its own. */
export async function sendBurst(server: StoryServer, tally: Tally): Promise<void> {
  const stopCounting = countFrames(tally);
  for (let seq = 1; seq <= BURST; seq++) {
    server.send(JSON.stringify({ seq, price: 100 + (seq % 50) / 4 } satisfies Tick));
    tally.add('sent');
    // Between two events of a browser promises are settled, and between two tasks others have their turn.
    await (seq % PER_TASK === 0 ? nextTask() : undefined);
  }
  requestAnimationFrame(() => requestAnimationFrame(stopCounting));
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function countFrames(tally: Tally): () => void {
  let frame = requestAnimationFrame(function count() {
    tally.add('frames');
    frame = requestAnimationFrame(count);
  });
  return () => cancelAnimationFrame(frame);
}
