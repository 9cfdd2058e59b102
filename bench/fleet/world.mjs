import { Browsers } from './browser.mjs';
import { Calendar } from './calendar.mjs';
import { Ledger } from './ledger.mjs';
import { createStreams, fixedDraw } from './random.mjs';
import { Balancer, BUSY, DROPPED, REFUSED, Server, TURNED_AWAY } from './server.mjs';

/** The clock at which a scenario begins; before it everybody is connected and at peace. */
export const ORIGIN = 60_000;

/** What the event of a socket's slot means when it is due. */
const NOTHING = 0; // there is no event
const WAITING = 1; // the delay is over: dial
const HELD = 2; // the browser lets the dial go
const ARRIVING = 3; // the dial reaches a server
const OPENING = 4; // the client hears that it is accepted
const FAILING = 5; // the client hears that it is not
const EXPIRING = 6; // the client gives up
const OPEN = 7; // nothing is due: the socket is open
const CLOSING = 8; // the client hears that the server has closed

/** The numbers that a socket has, side by side in one array. */
const FIELDS = 9;
const PHASE = 0;
const STARTED_AT = 1;
const OPENED_AT = 2;
const SERVER = 3;
const CODE = 4; // of the close that follows, or 0
const RESENT = 5;
const ONE_WAY = 6;
const OWNER = 7;
const CLOSED_AFTER = 8;

/** The way from a client to a server, in ms: each client has its own, within these bounds. */
const NEAREST = 5;
const FARTHEST = 45;

/**
 * Clients, the network, a balancer and servers on a virtual clock. Sockets live in slots; what a client does
 * about a close is the driver's business.
 *
 * @typedef {object} Driver
 * @property {(slot: number) => void} opened
 * @property {(slot: number, code: number, opened: boolean, openFor: number) => void} closed
 */
export class World {
  /** @type {Driver | null} */
  driver = null;
  /** What a slot beyond the sockets and the script does when it is due. @type {((slot: number) => void) | null} */
  onTimer = null;

  /** Sockets that are on their way from one state to another. */
  pending = 0;

  #sockets;
  #count;
  #distance;
  #draw;
  #script;

  /**
   * @param {object} setup
   * @param {import('./scenarios.mjs').Scenario} setup.scenario
   * @param {number} setup.clients
   * @param {number} setup.seed
   * @param {number} setup.connectTimeout after which a client gives a dial up, in ms
   * @param {number} [setup.sockets] slots for sockets; without it every client has the one of its number
   * @param {number} [setup.timers] slots for timers of the driver
   */
  constructor({ scenario, clients, seed, connectTimeout, sockets = clients, timers = 0 }) {
    this.clients = clients;
    this.connectTimeout = connectTimeout;
    this.end = ORIGIN + scenario.limit;
    this.hangs = scenario.hangs ?? 0;
    this.ledger = new Ledger(clients, scenario.limit);

    const capacity = scenario.capacity(clients);
    this.servers = Array.from({ length: scenario.servers ?? 1 }, () => new Server(capacity));
    this.balancer = this.servers.length > 1 ? new Balancer(this.servers.length) : null;
    this.browsers = scenario.browsers ? new Browsers({ seed, clients, shares: scenario.browsers }) : null;

    this.#script = scenario.script;
    this.firstAct = sockets;
    this.firstTimer = sockets + this.#script.length;
    this.calendar = new Calendar(this.firstTimer + timers);
    this.#script.forEach(({ at }, index) => this.calendar.plan(this.firstAct + index, ORIGIN + at));
    this.actsLeft = this.#script.length;

    this.#count = sockets;
    this.#sockets = new Int32Array(sockets * FIELDS);
    this.#draw = createStreams(seed, clients, 2);
    this.#distance = (client) => Math.round(NEAREST + fixedDraw(seed, client, 100) * (FARTHEST - NEAREST));
    for (let client = 0; client < clients; client += 1) this.#own(client, client);
  }

  /** Milliseconds since the scenario began. */
  get time() {
    return this.calendar.now - ORIGIN;
  }

  /** Begins with every client connected, for as long as it takes to be stable. */
  openAll() {
    for (let slot = 0; slot < this.clients; slot += 1) {
      this.#enter(slot, OPEN);
      this.#set(slot, SERVER, slot % this.servers.length);
    }
    this.ledger.openAll();
    this.calendar.advance(this.end);
  }

  run() {
    while (this.calendar.advance(this.end)) this.runTick();
  }

  /** Everything that is due in this millisecond. */
  runTick() {
    for (let slot = this.calendar.take(); slot >= 0; slot = this.calendar.take()) {
      if (slot < this.firstAct) this.#follow(slot);
      else if (slot >= this.firstTimer) this.onTimer?.(slot);
      else {
        this.actsLeft -= 1;
        this.#script[slot - this.firstAct].act(this);
      }
    }
  }

  // What a client can do.

  /** Dials after a delay, as a timer would: in whole milliseconds. */
  wait(slot, delay) {
    const due = this.calendar.now + Math.floor(delay);
    if (this.browsers) {
      this.#enter(slot, WAITING);
      this.calendar.plan(slot, due);
    } else {
      this.#begin(slot, due);
      this.#expect(slot, ARRIVING, due + this.#get(slot, ONE_WAY));
    }
  }

  /** Constructs a socket in this slot. */
  dial(slot, client = slot) {
    const { now } = this.calendar;
    if (client !== this.#get(slot, OWNER)) this.#own(slot, client);
    this.#begin(slot, now);
    const hold = this.browsers ? Math.floor(this.browsers.hold(client, now)) : 0;
    if (hold > 0) this.#expect(slot, HELD, now + hold);
    else this.#expect(slot, ARRIVING, now + this.#get(slot, ONE_WAY));
  }

  /** Lets go of a socket, whatever state it is in. */
  abandon(slot) {
    const phase = this.#get(slot, PHASE);
    const client = this.#get(slot, OWNER);
    if (phase === NOTHING) return;
    if (phase === OPENING) this.ledger.wasted += 1;
    if (phase === OPEN || phase === CLOSING) this.ledger.close(client, this.time);
    else this.browsers?.fail(client, this.calendar.now, true);
    this.#enter(slot, NOTHING);
    this.calendar.cancel(slot);
  }

  // What a script can do.

  /**
   * Closes what is open on a server, spread over `over` ms, and breaks off its handshakes.
   *
   * @param {{ server?: number; code: number; over?: number }} close
   */
  close({ server = 0, code, over = 0 }) {
    const open = [];
    for (let slot = 0; slot < this.#count; slot += 1) {
      if (this.#get(slot, SERVER) !== server) continue;
      if (this.#get(slot, PHASE) === OPEN) open.push(slot);
      else if (this.#get(slot, PHASE) === OPENING) this.#enter(slot, FAILING);
    }
    open.forEach((slot, index) => {
      this.#closeLater(slot, code, Math.floor((over * index) / open.length) + this.#get(slot, ONE_WAY));
    });
  }

  // The life of a socket.

  #get(slot, field) {
    return this.#sockets[slot * FIELDS + field];
  }

  #set(slot, field, value) {
    this.#sockets[slot * FIELDS + field] = value;
  }

  #enter(slot, phase) {
    const before = this.#get(slot, PHASE);
    this.pending += Number(isPending(phase)) - Number(isPending(before));
    this.#set(slot, PHASE, phase);
  }

  #own(slot, client) {
    this.#set(slot, OWNER, client);
    this.#set(slot, ONE_WAY, this.#distance(client));
  }

  #begin(slot, time) {
    this.#set(slot, STARTED_AT, time);
    this.#set(slot, RESENT, 0);
    this.#set(slot, CODE, 0);
  }

  #closeLater(slot, code, delay) {
    this.#enter(slot, CLOSING);
    this.#set(slot, CODE, code);
    this.calendar.plan(slot, this.calendar.now + delay);
  }

  /** The server will close this socket so long after it has opened. */
  #foredoom(slot, code, after) {
    this.#set(slot, CODE, code);
    this.#set(slot, CLOSED_AFTER, after);
  }

  /** Plans the next step of a dial; the client gives up if that comes too late. */
  #expect(slot, phase, due) {
    const deadline = this.#get(slot, STARTED_AT) + this.connectTimeout;
    this.#enter(slot, due < deadline ? phase : EXPIRING);
    this.calendar.plan(slot, Math.min(due, deadline));
  }

  #follow(slot) {
    switch (this.#get(slot, PHASE)) {
      case WAITING:
        return this.dial(slot);
      case HELD:
        return this.#expect(slot, ARRIVING, this.calendar.now + this.#get(slot, ONE_WAY));
      case ARRIVING:
        return this.#arrive(slot);
      case OPENING:
        return this.#open(slot);
      case FAILING:
        return this.#fail(slot, false);
      case EXPIRING:
        return this.#fail(slot, true);
      case CLOSING:
        return this.#hearClose(slot);
    }
  }

  #arrive(slot) {
    const { now } = this.calendar;
    const back = this.#get(slot, ONE_WAY);
    const client = this.#get(slot, OWNER);
    if (this.time < 0) {
      this.#set(slot, SERVER, client % this.servers.length);
      this.#expect(slot, OPENING, now + back);
      return;
    }
    if (this.#get(slot, RESENT) === 0) this.ledger.countDial(this.time);

    const number = this.balancer ? this.balancer.choose() : 0;
    const server = this.servers[number];
    this.#set(slot, SERVER, number);
    if (!server) {
      this.#expect(slot, FAILING, now + back);
      return;
    }
    server.answer(now);
    const { outcome, doneAt } = server;
    switch (outcome) {
      case REFUSED: {
        const isSilent = this.hangs > 0 && this.#draw(client) < this.hangs;
        this.#expect(slot, FAILING, isSilent ? Infinity : doneAt + back);
        return;
      }
      case DROPPED:
        this.#resend(slot);
        return;
      case BUSY:
        this.ledger.wasted += 1;
        this.#expect(slot, FAILING, doneAt + back);
        return;
      default:
        if (outcome === TURNED_AWAY) this.#foredoom(slot, 1013, 1);
        else if (server.flapAfter < Infinity) this.#foredoom(slot, server.flapCode, server.flapAfter);
        this.#expect(slot, OPENING, doneAt + back);
        if (this.#get(slot, PHASE) === EXPIRING) this.ledger.wasted += 1;
    }
  }

  /** TCP sends a SYN again after 1 s, then 2 s, 4 s, …; it is the same dial. */
  #resend(slot) {
    const times = this.#get(slot, RESENT);
    this.ledger.resent += 1;
    this.#set(slot, RESENT, times + 1);
    this.#expect(slot, ARRIVING, this.calendar.now + 1000 * 2 ** times);
  }

  #open(slot) {
    const client = this.#get(slot, OWNER);
    const { now } = this.calendar;
    this.#enter(slot, OPEN);
    this.#set(slot, OPENED_AT, now);
    this.browsers?.succeed(client, now);
    this.ledger.open(client, this.time);
    const code = this.#get(slot, CODE);
    if (code !== 0) this.#closeLater(slot, code, this.#get(slot, CLOSED_AFTER));
    this.driver?.opened(slot);
  }

  #fail(slot, givenUp) {
    this.#enter(slot, NOTHING);
    this.browsers?.fail(this.#get(slot, OWNER), this.calendar.now, givenUp);
    this.driver?.closed(slot, 1006, false, 0);
  }

  #hearClose(slot) {
    const openFor = this.calendar.now - this.#get(slot, OPENED_AT);
    this.#enter(slot, NOTHING);
    this.ledger.close(this.#get(slot, OWNER), this.time);
    if (openFor < 5_000) this.ledger.wasted += 1;
    this.driver?.closed(slot, this.#get(slot, CODE), true, openFor);
  }
}

function isPending(phase) {
  return phase !== NOTHING && phase !== OPEN;
}
