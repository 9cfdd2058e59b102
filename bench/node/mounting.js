/** One measurement in Node: many components that mount at once, until their sockets are open. */
import { enterTogether, mountTogether, unmountTogether } from '../page/mountTogether.js';

const [, , key, kind, count, warmUp, times] = process.argv;

enterTogether(key, 'ws://127.0.0.1/fake');
const samples = [];
for (let i = 0; i < Number(warmUp) + Number(times); i += 1) {
  const before = process.cpuUsage();
  const counts = await mountTogether(kind, Number(count));
  const { user, system } = process.cpuUsage(before);
  await unmountTogether();
  samples.push({ ...counts, script: (user + system) / Number(count) });
}
process.send(samples.slice(Number(warmUp)), () => process.exit());
