/** One measurement in Node: bytes of a hook, less those of the same components without one. */
import { enterTogether, mountTogether, unmountTogether } from '../page/mountTogether.js';
import { heapUsed } from './heapUsed.js';

const [, , key, kind, count] = process.argv;

enterTogether(key, 'ws://127.0.0.1/fake');

async function heapWith(mounted) {
  await mountTogether(mounted, Number(count));
  const bytes = await heapUsed();
  await unmountTogether();
  return bytes;
}

for (let i = 0; i < 3; i += 1) {
  await heapWith('plain');
  await heapWith(kind);
}
const without = await heapWith('plain');
const bytes = ((await heapWith(kind)) - without) / Number(count);
process.send({ bytes }, () => process.exit());
