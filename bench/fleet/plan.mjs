import { contenders, takesPart } from './contenders.mjs';
import { draws } from './policies.mjs';
import { scenarios } from './scenarios.mjs';

/**
 * One table: a scenario with so many clients, and who runs through it.
 *
 * @typedef {object} Chapter
 * @property {import('./scenarios.mjs').Scenario} scenario
 * @property {number} clients
 * @property {string} title
 * @property {readonly { name: string }[]} entrants
 */

/** @returns {Chapter} */
function chapter(scenario, clients, entrants = contenders) {
  return {
    scenario,
    clients,
    title: `${scenario.title}: ${clients.toLocaleString('en-US')} clients`,
    entrants: entrants.filter((entrant) => takesPart(entrant, scenario, clients)),
  };
}

/**
 * What is run: without options every scenario with 10,000 clients and the large ones with more.
 *
 * @param {{ clients: number | undefined; names: readonly string[] | undefined; quick: boolean }} options
 * @returns {Chapter[]}
 */
export function planChapters({ clients, names, quick }) {
  const wanted = scenarios.filter(({ name }) => !names || names.includes(name));
  const chapters = wanted.map((scenario) => chapter(scenario, clients ?? (quick ? 1_000 : 10_000)));
  if (clients !== undefined || names || quick) return chapters;

  const named = (name) => scenarios.find((scenario) => scenario.name === name);
  const ownAlone = contenders.filter(({ kind }) => kind === 'ours' || kind === 'variant');
  return [
    ...chapters,
    ...['restart', 'cut'].map((name) => ({
      ...chapter(named(name), 10_000, draws),
      title: `${named(name).title}: which part of the window after a refused dial?`,
    })),
    chapter(named('blink'), 100, ownAlone),
    chapter(named('restart'), 100, ownAlone),
    chapter(named('restart'), 100_000),
    chapter(named('restart'), 1_000_000),
    chapter(named('crowd'), 100_000, ownAlone),
  ];
}
