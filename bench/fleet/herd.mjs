/**
 * `node bench/fleet/herd.mjs`: 2,000 real sockets against a real server in another process, closed together
 * with 1012, then refused once. --sockets and --seed change that.
 */
import { parseArgs } from 'node:util';
import { histogram, uniformity } from './chiSquare.mjs';
import { runHerd } from './herdRun.mjs';
import { bundleLibrary, importLibrary } from './library.mjs';

const { values } = parseArgs({
  options: { sockets: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const sockets = Number(values.sockets);
const library = await importLibrary(await bundleLibrary());
const { first, refused, lost } = await runHerd({ sockets, seed: Number(values.seed), library });

show('First dials after the 1012', first, { low: 1_000, high: 5_000, bins: 41 });
show('Dials after the refusal', refused, { low: 4_000, high: 5_000, bins: 21 });
console.log(`\n${sockets - lost} of ${sockets} are back.`);

function show(title, dials, interval) {
  const { low, high, bins } = interval;
  const planned = dials.map((dial) => dial.planned);
  const made = dials.map((dial) => dial.made);
  const late = dials.map((dial) => dial.made - dial.planned).sort((a, b) => a - b);
  const outside = planned.filter((delay) => delay < low || delay > high).length;

  console.log(`\n${title}: ${dials.length}, over ${low}–${high} ms`);
  histogram(made, interval).forEach((count, bin) => {
    const from = Math.round(low + (bin * (high - low)) / bins);
    const length = Math.round((40 * count * bins) / (2 * dials.length));
    console.log(`${String(from).padStart(6)} ms ${String(count).padStart(4)} ${'█'.repeat(length)}`);
  });
  console.log(
    `uniform as made: p = ${uniformity(made, interval).toFixed(3)}, as planned: p = ${uniformity(planned, interval).toFixed(3)}; ` +
      `planned outside the window: ${outside}; ` +
      `made late by ${late[late.length >> 1].toFixed(0)} ms (median), ${late.at(-1).toFixed(0)} ms (at most)`,
  );
}
