import { implementations, isIncluded } from './implementations.mjs';
import { retryWindowVariants } from './policies.mjs';
import { scenarios } from './scenarios.mjs';

/**
 * A scenario with a number of clients, and the implementations that run in it: one table of the results.
 *
 * @typedef {object} Experiment
 * @property {import('./scenarios.mjs').Scenario} scenario
 * @property {number} clients
 * @property {string} title
 * @property {readonly { name: string }[]} implementations
 */

/** @returns {Experiment} */
function createExperiment(scenario, clients, candidates = implementations) {
  return {
    scenario,
    clients,
    title: `${scenario.title}: ${clients.toLocaleString('en-US')} clients`,
    implementations: candidates.filter((one) => isIncluded(one, scenario, clients)),
  };
}

/**
 * What to run: without options every scenario with 10,000 clients, and some of them with other numbers.
 *
 * @param {{ clients: number | undefined; names: readonly string[] | undefined; quick: boolean }} options
 * @returns {Experiment[]}
 */
export function planExperiments({ clients, names, quick }) {
  const wanted = scenarios.filter(({ name }) => !names || names.includes(name));
  const experiments = wanted.map((scenario) =>
    createExperiment(scenario, clients ?? (quick ? 1_000 : 10_000)),
  );
  if (clients !== undefined || names || quick) return experiments;

  const named = (name) => scenarios.find((scenario) => scenario.name === name);
  const oursOnly = implementations.filter(({ kind }) => kind === 'ours' || kind === 'variant');
  return [
    ...experiments,
    ...['restart', 'restart-1006'].map((name) => ({
      ...createExperiment(named(name), 10_000, retryWindowVariants),
      title: `${named(name).title}: parts of the delay window to use after a refused attempt`,
    })),
    createExperiment(named('failover'), 100, oursOnly),
    createExperiment(named('restart'), 100, oursOnly),
    createExperiment(named('restart'), 100_000),
    createExperiment(named('restart'), 1_000_000),
    createExperiment(named('slow-server'), 100_000, oursOnly),
  ];
}
