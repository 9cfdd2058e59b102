/**
 * `node bench/fleet/realSockets/run.mjs` shows how the reconnects of real sockets are spread over time: a real
 * server in another process closes 2,000 of them with 1012 at once and refuses the first attempt of each.
 *
 * --sockets 500    the number of sockets
 * --seed 7         another seed of the random numbers
 */
import { parseArgs } from 'node:util';
import { histogram, uniformityPValue } from '../chiSquare.mjs';
import { bundleLibrary, importLibrary } from '../library.mjs';
import { restartSockets } from './restartSockets.mjs';

const { values } = parseArgs({
  options: { sockets: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const sockets = Number(values.sockets);
const library = await importLibrary(await bundleLibrary());
const { afterClose, afterRefusal, disconnected } = await restartSockets({
  sockets,
  seed: Number(values.seed),
  library,
});

printDials('Dials after the 1012', afterClose, { low: 1_000, high: 5_000, bins: 41 });
printDials('Dials after the refusal', afterRefusal, { low: 4_000, high: 5_000, bins: 21 });
console.log(`\n${sockets - disconnected} of ${sockets} sockets are connected again.`);

function printDials(title, dials, interval) {
  const { low, high, bins } = interval;
  const planned = dials.map((dial) => dial.planned);
  const actual = dials.map((dial) => dial.actual);
  const late = dials.map((dial) => dial.actual - dial.planned).sort((a, b) => a - b);
  const outside = planned.filter((delay) => delay < low || delay > high).length;

  console.log(`\n${title}: ${dials.length}, in ${low}–${high} ms`);
  histogram(actual, interval).forEach((count, bin) => {
    const from = Math.round(low + (bin * (high - low)) / bins);
    const length = Math.round((40 * count * bins) / (2 * dials.length));
    console.log(`${String(from).padStart(6)} ms ${String(count).padStart(4)} ${'█'.repeat(length)}`);
  });
  console.log(
    `p-value of a uniform distribution: ${uniformityPValue(actual, interval).toFixed(3)} actual, ${uniformityPValue(planned, interval).toFixed(3)} planned; ` +
      `planned outside the window: ${outside}; ` +
      `late by ${late[late.length >> 1].toFixed(0)} ms (median), ${late.at(-1).toFixed(0)} ms (maximum)`,
  );
}
