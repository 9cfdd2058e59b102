import type { StoryServer } from '../server/storyServer.js';
import type { Counters } from './counters.js';

/** The number of messages in a burst. */
export const BURST = 10_000;

/** A message of a burst. */
export interface Tick {
  /** 1 for the first message of a burst. */
  readonly seq: number;
  readonly price: number;
}

/** Messages per task, as when a browser has read many from the network at once. */
const PER_TASK = 250;

/** Sends a burst to every socket of a server; each message is an event of its own. */
export async function sendBurst(server: StoryServer, counters: Counters): Promise<void> {
  const stopCounting = countFrames(counters);
  for (let seq = 1; seq <= BURST; seq++) {
    server.send(JSON.stringify({ seq, price: 100 + (seq % 50) / 4 } satisfies Tick));
    counters.add('sent');
    // As in a browser, microtasks run between two events, and other work runs between two tasks.
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

function countFrames(counters: Counters): () => void {
  let frame = requestAnimationFrame(function count() {
    counters.add('frames');
    frame = requestAnimationFrame(count);
  });
  return () => cancelAnimationFrame(frame);
}
