import { ACCEPTED_THEN_CLOSED, BUSY, DROPPED } from './server.mjs';

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {string} title
 * @property {string} description what happens
 * @property {number} code the close code with which it begins
 * @property {number} recoveredAt when the servers accept clients again, in ms
 * @property {number} limit the longest duration of a run, in ms
 * @property {number} [servers]
 * @property {number} [unansweredShare] share of the dials to a server that is down that get no answer at all
 * @property {{ chromium: number; firefox: number }} [browsers] shares of the browsers that throttle handshakes
 * @property {(clients: number) => { perSecond: number; burst: number; backlog: number; handshake: number; overload: number }} capacity
 * @property {readonly { at: number; act: (fleet: import('./fleetSimulation.mjs').FleetSimulation) => void }[]} script
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A server that can accept all clients in so many seconds, and up to one second's worth of them at once. */
const acceptsAllIn =
  (seconds, { overload = BUSY, backlog = 0, share = 1 } = {}) =>
  (clients) => {
    const perSecond = (clients * share) / seconds;
    return { perSecond, burst: perSecond, backlog, handshake: 5, overload };
  };

const unlimited = () => ({ perSecond: Infinity, burst: 0, backlog: 0, handshake: 5, overload: BUSY });

/** Closes all connections with a code and refuses dials for so long. */
const outage = (code, duration) => [
  {
    at: 0,
    act(fleet) {
      fleet.servers[0].isUp = false;
      fleet.close({ code });
    },
  },
  { at: duration, act: (fleet) => (fleet.servers[0].isUp = true) },
];

/** Ten servers restart one after the other; the load balancer notices each change two seconds later. */
function rollingRestart() {
  const downtime = 10 * SECOND;
  const healthCheckDelay = 2 * SECOND;
  return Array.from({ length: 10 }, (_, server) => {
    const at = server * 15 * SECOND;
    return [
      {
        at,
        act(fleet) {
          fleet.servers[server].isUp = false;
          fleet.close({ server, code: 1012 });
        },
      },
      { at: at + healthCheckDelay, act: (fleet) => (fleet.loadBalancer.isHealthy[server] = false) },
      { at: at + downtime, act: (fleet) => (fleet.servers[server].isUp = true) },
      { at: at + downtime + healthCheckDelay, act: (fleet) => (fleet.loadBalancer.isHealthy[server] = true) },
    ];
  }).flat();
}

/** @type {readonly Scenario[]} */
export const scenarios = [
  {
    name: 'restart',
    title: 'A restart',
    description:
      'The server closes all connections with 1012 at once and refuses attempts for 10 s. After that it accepts a twentieth of its clients per second and rejects the others.',
    code: 1012,
    recoveredAt: 10 * SECOND,
    limit: 5 * MINUTE,
    capacity: acceptsAllIn(20),
    script: outage(1012, 10 * SECOND),
  },
  {
    name: 'restart-1006',
    title: 'A restart without a close code',
    description:
      'The same restart, but clients see 1006 instead of 1012: the connections are cut, as most proxies do.',
    code: 1006,
    recoveredAt: 10 * SECOND,
    limit: 5 * MINUTE,
    capacity: acceptsAllIn(20),
    script: outage(1006, 10 * SECOND),
  },
  {
    name: 'failover',
    title: 'A failover',
    description:
      'A server behind a load balancer closes all connections with 1012 at once, and another server accepts all clients immediately.',
    code: 1012,
    recoveredAt: 0,
    limit: 2 * MINUTE,
    capacity: unlimited,
    script: [{ at: 0, act: (fleet) => fleet.close({ code: 1012 }) }],
  },
  {
    name: 'spread-failover',
    title: 'A failover with closes spread over 20 s',
    description:
      'The same failover, but the server closes its connections one after the other, evenly over 20 s.',
    code: 1012,
    recoveredAt: 20 * SECOND,
    limit: 2 * MINUTE,
    capacity: unlimited,
    script: [{ at: 0, act: (fleet) => fleet.close({ code: 1012, over: 20 * SECOND }) }],
  },
  {
    name: 'crash',
    title: 'A crash',
    description:
      'All connections are lost without a close code (1006). For 60 s attempts are refused, and one in five gets no answer at all. After that a twentieth of the clients per second is accepted, behind a TCP backlog of 511 that drops the rest.',
    code: 1006,
    recoveredAt: 60 * SECOND,
    limit: 6 * MINUTE,
    unansweredShare: 0.2,
    capacity: acceptsAllIn(20, { overload: DROPPED, backlog: 511 }),
    script: outage(1006, 60 * SECOND),
  },
  {
    name: 'browser-throttling',
    title: 'A crash with the throttling of browsers',
    description:
      'The same crash, but 75 % of the clients are Chromium and 5 % Firefox, which delay handshakes after failures.',
    code: 1006,
    recoveredAt: 60 * SECOND,
    limit: 6 * MINUTE,
    unansweredShare: 0.2,
    browsers: { chromium: 0.75, firefox: 0.05 },
    capacity: acceptsAllIn(20, { overload: DROPPED, backlog: 511 }),
    script: outage(1006, 60 * SECOND),
  },
  {
    name: 'rolling-restart',
    title: 'A rolling restart of ten servers',
    description:
      'Ten servers behind a load balancer restart one after the other, 15 s apart, each with 1012 and 10 s of downtime. Each accepts a twentieth of its share of the clients per second, and the load balancer notices each change 2 s later.',
    code: 1012,
    servers: 10,
    recoveredAt: 145 * SECOND,
    limit: 6 * MINUTE,
    capacity: acceptsAllIn(20, { share: 0.1 }),
    script: rollingRestart(),
  },
  {
    name: 'flapping',
    title: 'A flapping server',
    description:
      'All connections are lost (1006). For 60 s the server accepts every attempt and loses the connection after 300 ms; then it is stable.',
    code: 1006,
    recoveredAt: 60 * SECOND,
    limit: 5 * MINUTE,
    capacity: unlimited,
    script: [
      {
        at: 0,
        act(fleet) {
          fleet.servers[0].flapAfter = 300;
          fleet.close({ code: 1006 });
        },
      },
      { at: 60 * SECOND, act: (fleet) => (fleet.servers[0].flapAfter = Infinity) },
    ],
  },
  {
    name: 'overload',
    title: 'An overloaded server',
    description:
      'The server closes all connections with 1013. It keeps a sixtieth of its clients per second and closes the others with 1013 right after the handshake.',
    code: 1013,
    recoveredAt: 0,
    limit: 10 * MINUTE,
    capacity: acceptsAllIn(60, { overload: ACCEPTED_THEN_CLOSED }),
    script: [{ at: 0, act: (fleet) => fleet.close({ code: 1013 }) }],
  },
  {
    name: 'slow-server',
    title: 'A server that accepts clients slowly',
    description:
      'The restart, but the server accepts only a two-hundredth of its clients per second, as one server that accepts 5,000 per second of a million.',
    code: 1012,
    recoveredAt: 10 * SECOND,
    limit: 15 * MINUTE,
    capacity: acceptsAllIn(200),
    script: outage(1012, 10 * SECOND),
  },
];
