import { BUSY, DROPPED, TURNED_AWAY } from './server.mjs';

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {string} title
 * @property {string} story what happens, in one sentence
 * @property {number} code the close code that begins it
 * @property {number} wellAt when the servers take everybody again, in ms
 * @property {number} limit when the run ends at the latest, in ms
 * @property {number} [servers]
 * @property {number} [hangs] share of the dials to a server that is down that get no answer at all
 * @property {{ chromium: number; firefox: number }} [browsers] shares of browsers with a brake of their own
 * @property {(clients: number) => { perSecond: number; burst: number; backlog: number; handshake: number; overload: number }} capacity
 * @property {readonly { at: number; act: (world: import('./world.mjs').World) => void }[]} script
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A server that accepts everybody within so many seconds, and has a second's worth of that in hand. */
const acceptsAllIn =
  (seconds, { overload = BUSY, backlog = 0, share = 1 } = {}) =>
  (clients) => {
    const perSecond = (clients * share) / seconds;
    return { perSecond, burst: perSecond, backlog, handshake: 5, overload };
  };

const boundless = () => ({ perSecond: Infinity, burst: 0, backlog: 0, handshake: 5, overload: BUSY });

/** Closes everything with a code, refuses dials for so long, then is well. */
const outage = (code, length) => [
  {
    at: 0,
    act(world) {
      world.servers[0].isUp = false;
      world.close({ code });
    },
  },
  { at: length, act: (world) => (world.servers[0].isUp = true) },
];

/** Ten servers restart one after the other; the balancer learns two seconds late that one is down. */
function rolling() {
  const down = 10 * SECOND;
  const lag = 2 * SECOND;
  return Array.from({ length: 10 }, (_, server) => {
    const at = server * 15 * SECOND;
    return [
      {
        at,
        act(world) {
          world.servers[server].isUp = false;
          world.close({ server, code: 1012 });
        },
      },
      { at: at + lag, act: (world) => (world.balancer.trusted[server] = false) },
      { at: at + down, act: (world) => (world.servers[server].isUp = true) },
      { at: at + down + lag, act: (world) => (world.balancer.trusted[server] = true) },
    ];
  }).flat();
}

/** @type {readonly Scenario[]} */
export const scenarios = [
  {
    name: 'restart',
    title: 'A restart',
    story:
      'Everybody is closed with 1012 at one instant; the server refuses for 10 s, then accepts a twentieth of its clients per second and turns the rest away.',
    code: 1012,
    wellAt: 10 * SECOND,
    limit: 5 * MINUTE,
    capacity: acceptsAllIn(20),
    script: outage(1012, 10 * SECOND),
  },
  {
    name: 'cut',
    title: 'A restart without a close code',
    story: 'The same, but nobody says 1012: the connections are cut (1006), as most proxies do it.',
    code: 1006,
    wellAt: 10 * SECOND,
    limit: 5 * MINUTE,
    capacity: acceptsAllIn(20),
    script: outage(1006, 10 * SECOND),
  },
  {
    name: 'blink',
    title: 'A restart behind a balancer',
    story:
      'Everybody is closed with 1012 at one instant, and another server is there at once and takes them all.',
    code: 1012,
    wellAt: 0,
    limit: 2 * MINUTE,
    capacity: boundless,
    script: [{ at: 0, act: (world) => world.close({ code: 1012 }) }],
  },
  {
    name: 'spread',
    title: 'The same, closed over 20 s',
    story: 'The server that goes away closes its clients one after the other with 1012, evenly over 20 s.',
    code: 1012,
    wellAt: 20 * SECOND,
    limit: 2 * MINUTE,
    capacity: boundless,
    script: [{ at: 0, act: (world) => world.close({ code: 1012, over: 20 * SECOND }) }],
  },
  {
    name: 'crash',
    title: 'A crash',
    story:
      'Every connection is lost without a word (1006); for 60 s dials are refused, and one in five gets no answer at all; then a twentieth per second is accepted behind a TCP backlog of 511, which drops what does not fit.',
    code: 1006,
    wellAt: 60 * SECOND,
    limit: 6 * MINUTE,
    hangs: 0.2,
    capacity: acceptsAllIn(20, { overload: DROPPED, backlog: 511 }),
    script: outage(1006, 60 * SECOND),
  },
  {
    name: 'browsers',
    title: 'The crash, through the brakes of browsers',
    story:
      'The same crash, but 75 % of the clients are Chromium and 5 % Firefox, which hold back failing handshakes by themselves.',
    code: 1006,
    wellAt: 60 * SECOND,
    limit: 6 * MINUTE,
    hangs: 0.2,
    browsers: { chromium: 0.75, firefox: 0.05 },
    capacity: acceptsAllIn(20, { overload: DROPPED, backlog: 511 }),
    script: outage(1006, 60 * SECOND),
  },
  {
    name: 'rolling',
    title: 'A staged restart of ten servers',
    story:
      'Ten servers behind a balancer restart one after the other, 15 s apart, each with 1012 and 10 s down; each accepts a twentieth of its share per second, and the balancer learns of each change 2 s late.',
    code: 1012,
    servers: 10,
    wellAt: 145 * SECOND,
    limit: 6 * MINUTE,
    capacity: acceptsAllIn(20, { share: 0.1 }),
    script: rolling(),
  },
  {
    name: 'flapping',
    title: 'A server that flaps',
    story:
      'Everybody is lost (1006); for 60 s the server accepts every dial and loses it again after 300 ms; then it is well.',
    code: 1006,
    wellAt: 60 * SECOND,
    limit: 5 * MINUTE,
    capacity: boundless,
    script: [
      {
        at: 0,
        act(world) {
          world.servers[0].flapAfter = 300;
          world.close({ code: 1006 });
        },
      },
      { at: 60 * SECOND, act: (world) => (world.servers[0].flapAfter = Infinity) },
    ],
  },
  {
    name: 'overload',
    title: 'An overloaded server',
    story:
      'Everybody is closed with 1013; the server keeps a sixtieth of its clients per second and closes whoever comes in excess of that with 1013 right after the handshake.',
    code: 1013,
    wellAt: 0,
    limit: 10 * MINUTE,
    capacity: acceptsAllIn(60, { overload: TURNED_AWAY }),
    script: [{ at: 0, act: (world) => world.close({ code: 1013 }) }],
  },
  {
    name: 'crowd',
    title: 'Too many clients for the server',
    story:
      'The restart, but the server accepts only a two-hundredth of its clients per second: one server that takes 5,000 a second, for a million.',
    code: 1012,
    wellAt: 10 * SECOND,
    limit: 15 * MINUTE,
    capacity: acceptsAllIn(200),
    script: outage(1012, 10 * SECOND),
  },
];
