/**
 * Reconnect policies as functions: ours, the documented ones of other libraries, and common formulas. Clients
 * that run from a published package are in `packageClients.mjs`.
 */

/** The decision not to reconnect. */
export const NO_RETRY = -1;

/**
 * @typedef {object} PolicyContext
 * @property {number} clients
 * @property {(client: number) => number} draw the next number of that client's stream, in [0, 1)
 * @property {import('./library.mjs').Library} library
 *
 * @typedef {object} Policy
 * @property {string} name
 * @property {'ours' | 'variant' | 'peer' | 'formula'} kind a variant is ours with other options, a peer another library
 * @property {string} source where the policy comes from
 * @property {number} connectTimeout ms after which it abandons a dial
 * @property {(context: PolicyContext) => (client: number, code: number, opened: boolean, openFor: number) => number} create
 *   returns what decides about a close: the delay in ms before the next dial, or NO_RETRY
 */

/** When a client without a timeout of its own abandons a dial: a TCP connect of Linux fails after 127 s. */
export const PLATFORM_TIMEOUT_MS = 127_000;

/**
 * @param {string} name
 * @param {import('../../src/core/reconnect/reconnectRules.js').ReconnectOptions | ((context: { library: import('./library.mjs').Library; draw: () => number }) => import('../../src/core/reconnect/reconnectRules.js').ReconnectPolicy)} reconnect
 *   the option; or a function that returns it from the internals and the random number of the decision
 * @param {Policy['kind']} kind
 * @returns {Policy}
 */
export function ourPolicy(name, reconnect = {}, kind = 'variant') {
  return {
    name,
    kind,
    source: 'src/core/reconnect/decideClose.ts and src/core/reconnect/backoff.ts',
    connectTimeout: 20_000,
    create({ clients, draw, library }) {
      const { NO_OUTAGE, decideClose, resolveReconnect } = library;
      let drawn = 0;
      const random = () => drawn;
      const options = typeof reconnect === 'function' ? reconnect({ library, draw: () => drawn }) : reconnect;
      const rules = resolveReconnect(options);
      const outages = new Array(clients).fill(NO_OUTAGE);
      const closeInfoOf = createCloseInfos();
      return (client, code, opened, openFor) => {
        drawn = draw(client);
        if (opened && openFor >= rules.stableAfter) outages[client] = NO_OUTAGE;
        const decision = decideClose({
          close: closeInfoOf(code, opened),
          outage: outages[client],
          rules,
          random,
        });
        if (decision.type !== 'reconnect') return NO_RETRY;
        outages[client] = decision.outage;
        return decision.delay;
      };
    },
  };
}

/** The default rule of a code, computed once per code, because a run has millions of closes. */
function createRuleOf({ resolveReconnect, ruleFor }) {
  const rules = resolveReconnect();
  const known = new Map();
  return (code) => {
    if (!known.has(code)) known.set(code, ruleFor(rules, code));
    return known.get(code);
  };
}

/** One `CloseInfo` for each code and outcome, because a run has millions of closes. */
function createCloseInfos() {
  const known = new Map();
  return (code, opened) => {
    const key = opened ? code : -code;
    let close = known.get(key);
    if (!close) {
      close = { code, name: '', reason: '', wasClean: opened, opened, local: false, at: 0 };
      known.set(key, close);
    }
    return close;
  };
}

/**
 * A policy whose delay depends on the number of retries since the last open socket alone.
 *
 * @param {string} name
 * @param {string} source
 * @param {(retries: number, draw: () => number, previous: number) => number} delayOf
 * @param {{ kind?: Policy['kind']; attempts?: number; connectTimeout?: number }} [options]
 * @returns {Policy}
 */
export function formulaPolicy(
  name,
  source,
  delayOf,
  { kind = 'formula', attempts = Infinity, connectTimeout = 20_000 } = {},
) {
  return {
    name,
    kind,
    source,
    connectTimeout,
    create({ clients, draw }) {
      const retries = new Uint16Array(clients);
      const previous = new Float64Array(clients);
      return (client, code, opened) => {
        if (opened) {
          retries[client] = 0;
          previous[client] = 0;
        }
        if (retries[client] >= attempts) return NO_RETRY;
        previous[client] = delayOf(retries[client], () => draw(client), previous[client]);
        retries[client] += 1;
        return previous[client];
      };
    },
  };
}

const AWS = 'AWS, "Exponential Backoff And Jitter"; base 1 s';
const fullJitter = (cap) => (retries, draw) => draw() * Math.min(cap, 1_000 * 2 ** retries);
const decorrelated = (cap) => (retries, draw, previous) => {
  const before = previous || 1_000;
  return Math.min(cap, 1_000 + draw() * (3 * before - 1_000));
};
const documented = { kind: /** @type {const} */ ('peer'), connectTimeout: PLATFORM_TIMEOUT_MS };

/** @type {readonly Policy[]} */
export const policies = [
  ourPolicy('react-websocket-hooks', {}, 'ours'),
  ourPolicy('ours, widening to 30 s after a 1012', { codes: { 1012: { widenTo: 30_000 } } }),
  ourPolicy('ours, 0.25–1 s', { minDelay: 250, maxDelay: 1_000 }),
  ourPolicy('ours, 5–30 s', { minDelay: 5_000, maxDelay: 30_000 }),
  ourPolicy('ours, whole window every time', ({ library, draw }) => {
    const ruleOf = createRuleOf(library);
    return ({ attempt, cause }) => {
      const rule = ruleOf(cause.code);
      return typeof rule === 'string' ? rule : library.backoff(attempt, rule, draw(), false);
    };
  }),
  formulaPolicy(
    'react-use-websocket 4.13.0',
    'documented: 5 s, 20 times, shouldReconnect: () => true',
    () => 5_000,
    {
      ...documented,
      attempts: 20,
    },
  ),
  formulaPolicy('ahooks 3.11.0', 'documented: 3 s, 3 times', () => 3_000, { ...documented, attempts: 3 }),
  formulaPolicy('vueuse 15.0.0', 'documented: autoReconnect: true, 1 s', () => 1_000, documented),
  formulaPolicy(
    'SignalR 10.0.11',
    'documented: withAutomaticReconnect(), 0, 2, 10, 30 s',
    (retries) => [0, 2_000, 10_000, 30_000][retries],
    {
      ...documented,
      attempts: 4,
    },
  ),
  formulaPolicy('fixed, 1 s', 'always the same delay', () => 1_000),
  formulaPolicy('fixed, 5 s', 'always the same delay', () => 5_000),
  formulaPolicy('full jitter, at most 5 s', AWS, fullJitter(5_000)),
  formulaPolicy('full jitter, at most 30 s', AWS, fullJitter(30_000)),
  formulaPolicy('decorrelated jitter, at most 5 s', AWS, decorrelated(5_000)),
  formulaPolicy('decorrelated jitter, at most 30 s', AWS, decorrelated(30_000)),
];

/**
 * The parts of the delay window that a policy can use after a refused attempt, and where each begins. The
 * benchmark compares them to justify the default. `end` is the end of the window of the attempt: above `maxDelay`
 * once the window has widened.
 *
 * @type {readonly [string, (window: { minDelay: number; maxDelay: number; end: number }) => number][]}
 */
const windowParts = [
  ['all of it', ({ minDelay }) => minDelay],
  ['the last half', ({ minDelay, end }) => end - (end - minDelay) / 2],
  ['the last quarter', ({ minDelay, end }) => end - (end - minDelay) / 4],
  ['the last eighth', ({ minDelay, end }) => end - (end - minDelay) / 8],
  ['only its end', ({ end }) => end],
  [
    'the last quarter, or the last half once widened (default)',
    ({ minDelay, maxDelay, end }) => end - (end - minDelay) / (end > maxDelay ? 2 : 4),
  ],
  [
    'the last quarter, or all of it once widened',
    ({ minDelay, maxDelay, end }) => (end > maxDelay ? minDelay : end - (end - minDelay) / 4),
  ],
  [
    'from where the last quarter began before it widened',
    ({ minDelay, maxDelay }) => maxDelay - (maxDelay - minDelay) / 4,
  ],
];

/** Our policy with each of those parts. */
export const retryWindowVariants = windowParts.map(([name, beginOf]) =>
  ourPolicy(name, ({ library, draw }) => {
    const ruleOf = createRuleOf(library);
    return ({ attempt, cause, opened }) => {
      const rule = ruleOf(cause.code);
      if (typeof rule === 'string') return rule;
      const { minDelay, maxDelay } = rule;
      const end = library.backoff(attempt, rule, 1, true);
      const begin = opened ? minDelay : beginOf({ minDelay, maxDelay, end });
      const part = { ...rule, minDelay: begin, maxDelay: end, widenTo: end };
      return library.backoff(attempt, part, draw(), false);
    };
  }),
);
