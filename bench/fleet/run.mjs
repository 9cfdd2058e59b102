/**
 * `npm run bench:fleet`: what a fleet of clients does to its servers after a close, and how soon it is back.
 *
 * --clients 100000      so many clients in every scenario
 * --seed 7              another seed; every figure follows from it
 * --scenario restart,crash
 * --quick               1,000 clients
 *
 * Without options it runs the restart with 100,000 and 1,000,000 clients too, and writes RESULTS.md and the curves.
 */
import { parseArgs } from 'node:util';
import { installPeers } from '../install.mjs';
import { bundleLibrary } from './library.mjs';
import { planChapters } from './plan.mjs';
import { runAll } from './pool.mjs';
import { scenarios } from './scenarios.mjs';
import { textTable } from './table.mjs';
import { writeResults } from './write.mjs';

const DEFAULT_SEED = 1;

function readOptions() {
  const { values } = parseArgs({
    options: {
      clients: { type: 'string' },
      seed: { type: 'string' },
      scenario: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const whole = (name) => {
    const given = values[name];
    if (given === undefined) return undefined;
    const value = Number(given.replaceAll(/[_,]/g, ''));
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`--${name} must be a whole number, but it is ${given}`);
    return value;
  };
  const names = values.scenario?.split(',');
  const unknown = names?.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    throw new RangeError(
      `No such scenario: ${unknown}. There are ${scenarios.map(({ name }) => name).join(', ')}.`,
    );
  }
  return { clients: whole('clients'), seed: whole('seed') ?? DEFAULT_SEED, names, quick: values.quick };
}

async function main() {
  const options = readOptions();
  installPeers();
  const begun = performance.now();
  const chapters = planChapters(options);
  const jobs = chapters.flatMap(({ scenario, clients, entrants }) =>
    entrants.map(({ name }) => ({ name, scenario: scenario.name, clients, seed: options.seed })),
  );
  let done = 0;
  const reports = await runAll(jobs, {
    library: await bundleLibrary(),
    onDone({ name, scenario, clients }) {
      done += 1;
      if (process.stderr.isTTY)
        process.stderr.write(`\r\x1b[K${done}/${jobs.length} ${scenario} ${clients} ${name}`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');

  let next = 0;
  const results = chapters.map((chapter) => ({
    ...chapter,
    rows: chapter.entrants.map(({ name }) => ({ name, report: reports[next++] })),
  }));
  for (const { title, scenario, rows } of results) {
    console.log(
      `\n${title} (${scenario.name}, seed ${options.seed})\n${scenario.story}\n\n${textTable(rows)}`,
    );
  }
  const isWhole =
    options.clients === undefined && !options.names && !options.quick && options.seed === DEFAULT_SEED;
  if (isWhole) await writeResults(results, { seed: options.seed });

  const largest = Math.max(...jobs.map(({ clients }) => clients));
  const slowest = Math.max(
    ...reports.filter((_, index) => jobs[index].clients === largest).map(({ took }) => took),
  );
  console.log(
    `\n${jobs.length} runs in ${((performance.now() - begun) / 1000).toFixed(0)} s; ` +
      `the slowest with ${largest.toLocaleString('en-US')} clients took ${(slowest / 1000).toFixed(1)} s; ` +
      `at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB of memory.`,
  );
}

await main();
