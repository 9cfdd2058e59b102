import { packageClients } from './packageClients.mjs';
import { policies, retryWindowVariants } from './policies.mjs';
import { simulatePackage, simulatePolicy } from './simulate.mjs';

/** With more clients, those that run from a package take too much memory and time. */
const MAX_PACKAGE_CLIENTS = 20_000;
/** With more clients, only our policy and the formulas run. */
const MAX_PEER_CLIENTS = 50_000;

const ofKind = (kind) => (implementation) => implementation.kind === kind;

/** All implementations that are compared, in the order of the tables. */
export const implementations = [
  ...policies.filter(ofKind('ours')),
  ...packageClients.filter(ofKind('ours')),
  ...policies.filter(ofKind('variant')),
  ...packageClients.filter(ofKind('peer')),
  ...policies.filter(ofKind('peer')),
  ...policies.filter(ofKind('formula')),
];

/** Whether an implementation runs in a scenario with so many clients. */
export function isIncluded(implementation, scenario, clients) {
  if (implementation.only && !implementation.only.includes(scenario.name)) return false;
  if ('load' in implementation) return clients <= MAX_PACKAGE_CLIENTS;
  return clients <= MAX_PEER_CLIENTS || implementation.kind !== 'peer';
}

/**
 * Runs the implementation of this name through one scenario.
 *
 * @param {{ name: string; scenario: import('./scenarios.mjs').Scenario; clients: number; seed: number; library: import('./library.mjs').Library }} run
 */
export async function runImplementation({ name, ...setup }) {
  const implementation = [...implementations, ...retryWindowVariants].find((one) => one.name === name);
  return 'load' in implementation
    ? simulatePackage({ ...setup, client: implementation })
    : simulatePolicy({ ...setup, policy: implementation });
}
