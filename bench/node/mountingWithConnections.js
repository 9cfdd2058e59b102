/** One measurement in Node: components mount in one commit, until their sockets are open. */
import {
  mountWithConnections,
  prepareFakeSockets,
  unmountWithConnections,
} from '../page/mountingWithConnections.js';

const [, , key, hook, count, warmUp, times] = process.argv;

prepareFakeSockets(key, 'ws://127.0.0.1/fake');
const samples = [];
for (let i = 0; i < Number(warmUp) + Number(times); i += 1) {
  const before = process.cpuUsage();
  const counts = await mountWithConnections(hook, Number(count));
  const { user, system } = process.cpuUsage(before);
  await unmountWithConnections();
  samples.push({ ...counts, script: (user + system) / Number(count) });
}
process.send(samples.slice(Number(warmUp)), () => process.exit());
