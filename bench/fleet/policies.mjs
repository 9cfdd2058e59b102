/**
 * What clients do about a close, as a function of their number: our policy, and rules that are a line of
 * arithmetic. Clients that run from the package of a peer are in `peers.mjs`.
 */

/** A client that will not come back by itself. */
export const GONE = -1;

/**
 * @typedef {object} Tools
 * @property {number} clients
 * @property {(client: number) => number} draw the next number of that client's stream, in [0, 1)
 * @property {import('./library.mjs').Library} library
 *
 * @typedef {object} Policy
 * @property {string} name
 * @property {'ours' | 'variant' | 'peer' | 'rule'} kind
 * @property {string} source where the rule comes from
 * @property {number} connectTimeout ms after which it gives a dial up
 * @property {(tools: Tools) => (client: number, code: number, opened: boolean, openFor: number) => number} create
 *   returns what a close leads to: the delay in ms before the next dial, or GONE
 */

/** What a platform gives up by itself: a TCP connect of Linux takes 127 s. */
const PLATFORM = 127_000;

/**
 * @param {string} name
 * @param {import('../../src/core/reconnect/reconnectRules.js').ReconnectOptions | ((own: { library: import('./library.mjs').Library; draw: () => number }) => import('../../src/core/reconnect/reconnectRules.js').ReconnectPolicy)} reconnect
 *   the option; as a function it may use internals, and the number that is drawn for the decision
 * @param {Policy['kind']} kind
 * @returns {Policy}
 */
export function ours(name, reconnect = {}, kind = 'variant') {
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
      const describe = createDescriber();
      return (client, code, opened, openFor) => {
        drawn = draw(client);
        if (opened && openFor >= rules.stableAfter) outages[client] = NO_OUTAGE;
        const decision = decideClose({
          close: describe(code, opened),
          outage: outages[client],
          rules,
          random,
        });
        if (decision.type !== 'reconnect') return GONE;
        outages[client] = decision.outage;
        return decision.delay;
      };
    },
  };
}

/** The default rule of a code, worked out once per code: millions of closes ask for the same few. */
function createRuleOf({ resolveReconnect, ruleFor }) {
  const rules = resolveReconnect();
  const known = new Map();
  return (code) => {
    if (!known.has(code)) known.set(code, ruleFor(rules, code));
    return known.get(code);
  };
}

/** One `CloseInfo` per kind of close: a delay does not depend on its time. */
function createDescriber() {
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
 * A rule that knows nothing but how many dials there have been since the last open socket.
 *
 * @param {string} name
 * @param {string} source
 * @param {(retries: number, draw: () => number, previous: number) => number} delayOf
 * @param {{ kind?: Policy['kind']; attempts?: number; connectTimeout?: number }} [options]
 * @returns {Policy}
 */
export function counting(
  name,
  source,
  delayOf,
  { kind = 'rule', attempts = Infinity, connectTimeout = 20_000 } = {},
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
        if (retries[client] >= attempts) return GONE;
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
const documented = { kind: /** @type {const} */ ('peer'), connectTimeout: PLATFORM };

/** @type {readonly Policy[]} */
export const policies = [
  ours('react-websocket-hooks', {}, 'ours'),
  ours('ours, after a 1012 widening to 30 s', { codes: { 1012: { widenTo: 30_000 } } }),
  ours('ours, 0.25–1 s', { minDelay: 250, maxDelay: 1_000 }),
  ours('ours, 5–30 s', { minDelay: 5_000, maxDelay: 30_000 }),
  ours('ours, whole window every time', ({ library, draw }) => {
    const ruleOf = createRuleOf(library);
    return ({ attempt, cause }) => {
      const rule = ruleOf(cause.code);
      return typeof rule === 'string' ? rule : library.backoff(attempt, rule, draw(), false);
    };
  }),
  counting(
    'react-use-websocket 4.13.0',
    'documented: 5 s, 20 times, shouldReconnect: () => true',
    () => 5_000,
    {
      ...documented,
      attempts: 20,
    },
  ),
  counting('ahooks 3.11.0', 'documented: 3 s, 3 times', () => 3_000, { ...documented, attempts: 3 }),
  counting('vueuse 15.0.0', 'documented: autoReconnect: true, 1 s', () => 1_000, documented),
  counting(
    'SignalR 10.0.11',
    'documented: withAutomaticReconnect(), 0, 2, 10, 30 s',
    (retries) => [0, 2_000, 10_000, 30_000][retries],
    {
      ...documented,
      attempts: 4,
    },
  ),
  counting('fixed, 1 s', 'a line of arithmetic', () => 1_000),
  counting('fixed, 5 s', 'a line of arithmetic', () => 5_000),
  counting('full jitter, at most 5 s', AWS, fullJitter(5_000)),
  counting('full jitter, at most 30 s', AWS, fullJitter(30_000)),
  counting('decorrelated jitter, at most 5 s', AWS, decorrelated(5_000)),
  counting('decorrelated jitter, at most 30 s', AWS, decorrelated(30_000)),
];

/**
 * Where the part of the window begins that is used after a refused dial: what the default is chosen from. The
 * window is that of the attempt; its `end` is wider than `maxDelay` once it has been widened.
 *
 * @type {readonly [string, (window: { minDelay: number; maxDelay: number; end: number }) => number][]}
 */
const parts = [
  ['all of it', ({ minDelay }) => minDelay],
  ['the last half', ({ minDelay, end }) => end - (end - minDelay) / 2],
  ['the last quarter', ({ minDelay, end }) => end - (end - minDelay) / 4],
  ['the last eighth', ({ minDelay, end }) => end - (end - minDelay) / 8],
  ['its end', ({ end }) => end],
  [
    'the last quarter, once widened the last half (default)',
    ({ minDelay, maxDelay, end }) => end - (end - minDelay) / (end > maxDelay ? 2 : 4),
  ],
  [
    'the last quarter, once widened all of it',
    ({ minDelay, maxDelay, end }) => (end > maxDelay ? minDelay : end - (end - minDelay) / 4),
  ],
  [
    'from the last quarter of the window before it widened',
    ({ minDelay, maxDelay }) => maxDelay - (maxDelay - minDelay) / 4,
  ],
];

/** Our policy with each of those parts. */
export const draws = parts.map(([name, beginOf]) =>
  ours(name, ({ library, draw }) => {
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
