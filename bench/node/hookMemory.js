/** One measurement in Node: bytes per component with a hook and its connection, minus those of one without a hook. */
import {
  mountWithConnections,
  prepareFakeSockets,
  unmountWithConnections,
} from '../page/mountingWithConnections.js';
import { heapUsed } from './heapUsed.js';

const [, , key, hook, count] = process.argv;

prepareFakeSockets(key, 'ws://127.0.0.1/fake');

async function heapWith(mountedHook) {
  await mountWithConnections(mountedHook, Number(count));
  const bytes = await heapUsed();
  await unmountWithConnections();
  return bytes;
}

for (let i = 0; i < 3; i += 1) {
  await heapWith('none');
  await heapWith(hook);
}
const without = await heapWith('none');
const bytes = ((await heapWith(hook)) - without) / Number(count);
process.send({ bytes }, () => process.exit());
