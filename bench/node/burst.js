/** One measurement in Node: a component reads the messages of a socket without a network. */
import { finishCount, renderReader, startCount } from '../page/burst.js';

const [, , key, mode, messages, warmUp] = process.argv;

const nextTask = () => new Promise((resolve) => setImmediate(resolve));

/** Creates the events before the measurement, because their cost is not that of the library. */
const createEvents = (from, count) =>
  Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const data = JSON.stringify({
      topic: `t${n % 200}`,
      n,
      price: 100 + (n % 997) / 8,
      volume: n * 3,
      venue: 'XBEN',
    });
    return new MessageEvent('message', { data });
  });

/** Delivers a hundred messages per task; the microtasks run after each message, as in a browser. */
async function deliver(events) {
  const socket = WebSocket.newest;
  for (let i = 0; i < events.length; i += 1) {
    socket.dispatch('message', events[i]);
    await undefined;
    if (i % 100 === 99) await nextTask();
  }
}

async function read(from, count) {
  const events = createEvents(from, count);
  startCount(from + count - 1);
  const before = process.cpuUsage();
  await deliver(events);
  const counts = await finishCount();
  const { user, system } = process.cpuUsage(before);
  return { ...counts, cpu: (user + system) / count };
}

renderReader(key, mode, 'ws://127.0.0.1/fake');
while (!WebSocket.newest || WebSocket.newest.readyState !== WebSocket.OPEN) await nextTask();
await nextTask();
await read(0, Number(warmUp));
const sample = await read(Number(warmUp), Number(messages));
process.send({ ...sample, share: sample.seen / Number(messages) }, () => process.exit());
