/**
 * `npm run bench:fleet` simulates how the clients of a server reconnect after an outage, with the policy of this
 * library and with others: the load on the servers, and the time until all clients are connected again.
 *
 * --clients 100000            the number of clients in every scenario
 * --seed 7                    another seed of the random numbers
 * --scenario restart,crash    only these scenarios
 * --quick                     1,000 clients
 *
 * Without options it also runs the restart with 100,000 and 1,000,000 clients, and writes RESULTS.md and the charts.
 */
import { parseArgs } from 'node:util';
import { installComparedPackages } from '../comparedPackages.mjs';
import { bundleLibrary } from './library.mjs';
import { textTable } from '../table.mjs';
import { planExperiments } from './experiments.mjs';
import { scenarios } from './scenarios.mjs';
import { cellsOf } from './table.mjs';
import { runInWorkers } from './workerPool.mjs';
import { writeResults } from './writeResults.mjs';

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
  const readInteger = (name) => {
    const text = values[name];
    if (text === undefined) return undefined;
    const value = Number(text.replaceAll(/[_,]/g, ''));
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`--${name} must be a positive integer, but it is ${text}`);
    return value;
  };
  const names = values.scenario?.split(',');
  const unknown = names?.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    throw new RangeError(
      `Unknown scenario: ${unknown}. The scenarios are ${scenarios.map(({ name }) => name).join(', ')}.`,
    );
  }
  return {
    clients: readInteger('clients'),
    seed: readInteger('seed') ?? DEFAULT_SEED,
    names,
    quick: values.quick,
  };
}

async function main() {
  const options = readOptions();
  installComparedPackages();
  const startedAt = performance.now();
  const experiments = planExperiments(options);
  const jobs = experiments.flatMap(({ scenario, clients, implementations }) =>
    implementations.map(({ name }) => ({ name, scenario: scenario.name, clients, seed: options.seed })),
  );
  let done = 0;
  const reports = await runInWorkers(jobs, {
    library: await bundleLibrary(),
    onDone({ name, scenario, clients }) {
      done += 1;
      if (process.stderr.isTTY)
        process.stderr.write(`\r\x1b[K${done}/${jobs.length} ${scenario} ${clients} ${name}`);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');

  let next = 0;
  const results = experiments.map((experiment) => ({
    ...experiment,
    rows: experiment.implementations.map(({ name }) => ({ name, report: reports[next++] })),
  }));
  for (const { title, scenario, rows } of results) {
    console.log(
      `\n${title} (${scenario.name}, seed ${options.seed})\n${scenario.description}\n\n${textTable(cellsOf(rows))}`,
    );
  }
  const isComplete =
    options.clients === undefined && !options.names && !options.quick && options.seed === DEFAULT_SEED;
  if (isComplete) await writeResults(results, { seed: options.seed });

  const largest = Math.max(...jobs.map(({ clients }) => clients));
  const slowest = Math.max(
    ...reports.filter((_, index) => jobs[index].clients === largest).map(({ duration }) => duration),
  );
  console.log(
    `\n${jobs.length} runs in ${((performance.now() - startedAt) / 1000).toFixed(0)} s; ` +
      `the slowest with ${largest.toLocaleString('en-US')} clients took ${(slowest / 1000).toFixed(1)} s; ` +
      `at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB of memory.`,
  );
}

await main();
