import { packageClients } from './peers.mjs';
import { draws, policies } from './policies.mjs';
import { simulate, simulatePackage } from './simulate.mjs';

/** Above this a client from a package takes too much memory and time. */
const MOST_FROM_A_PACKAGE = 20_000;
/** Above this only what the million is about: our policy, and the rules that one would write by hand. */
const MOST_OF_ALL = 50_000;

const by = (kind) => (contender) => contender.kind === kind;

/** Everybody, in the order of the tables. */
export const contenders = [
  ...policies.filter(by('ours')),
  ...packageClients.filter(by('ours')),
  ...policies.filter(by('variant')),
  ...packageClients.filter(by('peer')),
  ...policies.filter(by('peer')),
  ...policies.filter(by('rule')),
];

const all = [...contenders, ...draws];

/** Whether a contender takes part. */
export function takesPart(contender, scenario, clients) {
  if (contender.only && !contender.only.includes(scenario.name)) return false;
  if ('load' in contender) return clients <= MOST_FROM_A_PACKAGE;
  return clients <= MOST_OF_ALL || contender.kind !== 'peer';
}

/**
 * Runs one contender, found by its name, through one scenario.
 *
 * @param {{ name: string; scenario: import('./scenarios.mjs').Scenario; clients: number; seed: number; library: import('./library.mjs').Library }} run
 */
export async function run({ name, ...setup }) {
  const contender = all.find((one) => one.name === name);
  return 'load' in contender
    ? simulatePackage({ ...setup, client: contender })
    : simulate({ ...setup, policy: contender });
}
