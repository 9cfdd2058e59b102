import { BrowserThrottling } from './browserThrottling.mjs';
import { EventQueue } from './eventQueue.mjs';
import { FleetStatistics } from './fleetStatistics.mjs';
import { createStreams, fixedDraw } from './random.mjs';
import { ACCEPTED_THEN_CLOSED, BUSY, DROPPED, LoadBalancer, REFUSED, Server } from './server.mjs';

/** The clock at which a scenario begins; before that, all clients connect. */
const START_MS = 60_000;

/** The phases of a socket: each says what the scheduled event of its slot means. */
const UNUSED = 0; // no event
const WAITING = 1; // the delay is over: dial
const THROTTLED = 2; // the browser starts the dial
const ARRIVING = 3; // the dial reaches a server
const OPENING = 4; // the client learns that the server has accepted
const FAILING = 5; // the client learns that the dial has failed
const TIMING_OUT = 6; // the client abandons the dial
const OPEN = 7; // no event: the socket is open
const CLOSING = 8; // the client learns that the server has closed the socket

/** The numbers of a socket, side by side in one array. */
const FIELDS = 9;
const PHASE = 0;
const STARTED_AT = 1;
const OPENED_AT = 2;
const SERVER = 3;
const CLOSE_CODE = 4; // with which the server will close it, or 0
const RETRANSMISSIONS = 5;
const LATENCY = 6;
const CLIENT = 7;
const CLOSE_AFTER = 8; // the ms after opening when the server will close it

/** The one-way latency between a client and the servers, in ms: each client has its own within these limits. */
const MIN_LATENCY_MS = 5;
const MAX_LATENCY_MS = 45;

/** Handshakes of connections that end earlier than that count as wasted. */
const WASTED_BEFORE_MS = 5_000;

/**
 * A fleet of clients, the network, a load balancer and servers on a virtual clock. Each socket has a slot of the
 * event queue. The driver decides what a client does when its socket opens or closes.
 *
 * @typedef {object} Driver
 * @property {(slot: number) => void} opened
 * @property {(slot: number, code: number, opened: boolean, openFor: number) => void} closed
 */
export class FleetSimulation {
  /** @type {Driver | null} */
  driver = null;
  /** Called when the event of a timer's slot is due. @type {((slot: number) => void) | null} */
  onTimer = null;

  /** The number of sockets that are neither open nor unused. */
  pending = 0;

  #sockets;
  #socketCount;
  #draw;
  #latencyOf;
  #recoveredAt;
  #script;

  /**
   * @param {object} setup
   * @param {import('./scenarios.mjs').Scenario} setup.scenario
   * @param {number} setup.clients
   * @param {number} setup.seed
   * @param {number} setup.connectTimeout when a client abandons a dial, in ms
   * @param {number} [setup.sockets] slots for sockets; by default one for each client, with its number
   * @param {number} [setup.timers] slots for timers of the driver
   */
  constructor({ scenario, clients, seed, connectTimeout, sockets = clients, timers = 0 }) {
    this.clients = clients;
    this.connectTimeout = connectTimeout;
    this.limit = scenario.limit;
    this.#recoveredAt = scenario.recoveredAt;
    this.unansweredShare = scenario.unansweredShare ?? 0;
    this.statistics = new FleetStatistics(clients, scenario.limit);

    const capacity = scenario.capacity(clients);
    this.servers = Array.from({ length: scenario.servers ?? 1 }, () => new Server(capacity));
    this.loadBalancer = this.servers.length > 1 ? new LoadBalancer(this.servers.length) : null;
    this.throttling = scenario.browsers
      ? new BrowserThrottling({ seed, clients, shares: scenario.browsers })
      : null;

    // Slots: first the sockets, then the steps of the script, then the timers.
    this.#script = scenario.script;
    this.firstStep = sockets;
    this.firstTimer = sockets + this.#script.length;
    this.events = new EventQueue(this.firstTimer + timers);
    this.#script.forEach(({ at }, index) => this.events.schedule(this.firstStep + index, START_MS + at));
    this.stepsLeft = this.#script.length;

    this.#socketCount = sockets;
    this.#sockets = new Int32Array(sockets * FIELDS);
    this.#draw = createStreams(seed, clients, 2);
    this.#latencyOf = (client) =>
      Math.round(MIN_LATENCY_MS + fixedDraw(seed, client, 100) * (MAX_LATENCY_MS - MIN_LATENCY_MS));
    for (let client = 0; client < clients; client += 1) this.#assign(client, client);
  }

  /** Milliseconds since the scenario began. */
  get time() {
    return this.events.now - START_MS;
  }

  /** Starts with a stable connection of every client. */
  openAll() {
    for (let slot = 0; slot < this.clients; slot += 1) {
      this.#enter(slot, OPEN);
      this.#set(slot, SERVER, slot % this.servers.length);
    }
    this.statistics.recordAllOpen();
    this.advance();
  }

  /** Runs everything that happens until then. @param {number} time in ms since the scenario began */
  runUntil(time) {
    while (this.events.advance(START_MS + time)) this.runTick();
  }

  /** Moves the clock to the next event; returns whether there is one before the time limit. */
  advance() {
    return this.events.advance(START_MS + this.limit);
  }

  /** Runs all events of this millisecond. */
  runTick() {
    for (let slot = this.events.takeDue(); slot >= 0; slot = this.events.takeDue()) {
      if (slot < this.firstStep) this.#continueSocket(slot);
      else if (slot >= this.firstTimer) this.onTimer?.(slot);
      else {
        this.stepsLeft -= 1;
        this.#script[slot - this.firstStep].act(this);
      }
    }
  }

  /** The figures of the run so far. @param {number} end in ms since the scenario began */
  report(end = Math.min(this.time, this.limit)) {
    return this.statistics.report(this.#recoveredAt, end);
  }

  // For clients.

  /** Dials after a delay, as a timer would: in whole milliseconds. */
  dialAfter(slot, delay) {
    const due = this.events.now + Math.floor(delay);
    if (this.throttling) {
      this.#enter(slot, WAITING);
      this.events.schedule(slot, due);
    } else {
      this.#startDial(slot, due);
      this.#scheduleDialStep(slot, ARRIVING, due + this.#get(slot, LATENCY));
    }
  }

  /** Constructs a socket in this slot. */
  dial(slot, client = slot) {
    const { now } = this.events;
    if (client !== this.#get(slot, CLIENT)) this.#assign(slot, client);
    this.#startDial(slot, now);
    const delay = this.throttling ? Math.floor(this.throttling.delayOf(client, now)) : 0;
    if (delay > 0) this.#scheduleDialStep(slot, THROTTLED, now + delay);
    else this.#scheduleDialStep(slot, ARRIVING, now + this.#get(slot, LATENCY));
  }

  /** Ends a socket from the client's side, in any phase. */
  abandon(slot) {
    const phase = this.#get(slot, PHASE);
    const client = this.#get(slot, CLIENT);
    if (phase === UNUSED) return;
    if (phase === OPENING) this.statistics.wastedHandshakes += 1;
    if (phase === OPEN || phase === CLOSING) this.statistics.recordClose(client, this.time);
    else this.throttling?.recordFailure(client, this.events.now, true);
    this.#enter(slot, UNUSED);
    this.events.cancel(slot);
  }

  // For scripts.

  /**
   * Closes the open sockets of a server, spread over `over` ms, and aborts its handshakes.
   *
   * @param {{ server?: number; code: number; over?: number }} close
   */
  close({ server = 0, code, over = 0 }) {
    const open = [];
    for (let slot = 0; slot < this.#socketCount; slot += 1) {
      if (this.#get(slot, SERVER) !== server) continue;
      if (this.#get(slot, PHASE) === OPEN) open.push(slot);
      else if (this.#get(slot, PHASE) === OPENING) this.#enter(slot, FAILING);
    }
    open.forEach((slot, index) => {
      this.#scheduleClose(slot, code, Math.floor((over * index) / open.length) + this.#get(slot, LATENCY));
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

  /** Gives the slot to a client. */
  #assign(slot, client) {
    this.#set(slot, CLIENT, client);
    this.#set(slot, LATENCY, this.#latencyOf(client));
  }

  #startDial(slot, time) {
    this.#set(slot, STARTED_AT, time);
    this.#set(slot, RETRANSMISSIONS, 0);
    this.#set(slot, CLOSE_CODE, 0);
  }

  #scheduleClose(slot, code, delay) {
    this.#enter(slot, CLOSING);
    this.#set(slot, CLOSE_CODE, code);
    this.events.schedule(slot, this.events.now + delay);
  }

  /** Schedules the next phase of a dial, or the client's timeout if that comes first. */
  #scheduleDialStep(slot, phase, due) {
    const deadline = this.#get(slot, STARTED_AT) + this.connectTimeout;
    this.#enter(slot, due < deadline ? phase : TIMING_OUT);
    this.events.schedule(slot, Math.min(due, deadline));
  }

  #continueSocket(slot) {
    switch (this.#get(slot, PHASE)) {
      case WAITING:
        return this.dial(slot);
      case THROTTLED:
        return this.#scheduleDialStep(slot, ARRIVING, this.events.now + this.#get(slot, LATENCY));
      case ARRIVING:
        return this.#arrive(slot);
      case OPENING:
        return this.#open(slot);
      case FAILING:
        return this.#fail(slot, false);
      case TIMING_OUT:
        return this.#fail(slot, true);
      case CLOSING:
        return this.#receiveClose(slot);
    }
  }

  #arrive(slot) {
    const { now } = this.events;
    const latency = this.#get(slot, LATENCY);
    const client = this.#get(slot, CLIENT);
    if (this.time < 0) {
      this.#set(slot, SERVER, client % this.servers.length);
      this.#scheduleDialStep(slot, OPENING, now + latency);
      return;
    }
    if (this.#get(slot, RETRANSMISSIONS) === 0) this.statistics.recordDial(this.time);

    const number = this.loadBalancer ? this.loadBalancer.choose() : 0;
    const server = this.servers[number];
    this.#set(slot, SERVER, number);
    if (!server) {
      this.#scheduleDialStep(slot, FAILING, now + latency);
      return;
    }
    server.answer(now);
    const { outcome, doneAt } = server;
    switch (outcome) {
      case REFUSED: {
        const isUnanswered = this.unansweredShare > 0 && this.#draw(client) < this.unansweredShare;
        this.#scheduleDialStep(slot, FAILING, isUnanswered ? Infinity : doneAt + latency);
        return;
      }
      case DROPPED:
        this.#retransmit(slot);
        return;
      case BUSY:
        this.statistics.wastedHandshakes += 1;
        this.#scheduleDialStep(slot, FAILING, doneAt + latency);
        return;
      default:
        if (outcome === ACCEPTED_THEN_CLOSED) this.#closeAfterOpen(slot, 1013, 1);
        else if (server.flapAfter < Infinity) this.#closeAfterOpen(slot, server.flapCode, server.flapAfter);
        this.#scheduleDialStep(slot, OPENING, doneAt + latency);
        if (this.#get(slot, PHASE) === TIMING_OUT) this.statistics.wastedHandshakes += 1;
    }
  }

  /** Lets the server close this socket some ms after it has opened. */
  #closeAfterOpen(slot, code, delay) {
    this.#set(slot, CLOSE_CODE, code);
    this.#set(slot, CLOSE_AFTER, delay);
  }

  /** TCP sends a dropped SYN again after 1 s, then 2 s, 4 s, …; all belong to the same dial. */
  #retransmit(slot) {
    const retransmissions = this.#get(slot, RETRANSMISSIONS);
    this.#set(slot, RETRANSMISSIONS, retransmissions + 1);
    this.#scheduleDialStep(slot, ARRIVING, this.events.now + 1000 * 2 ** retransmissions);
  }

  #open(slot) {
    const client = this.#get(slot, CLIENT);
    const { now } = this.events;
    this.#enter(slot, OPEN);
    this.#set(slot, OPENED_AT, now);
    this.throttling?.recordSuccess(client, now);
    this.statistics.recordOpen(client, this.time);
    const code = this.#get(slot, CLOSE_CODE);
    if (code !== 0) this.#scheduleClose(slot, code, this.#get(slot, CLOSE_AFTER));
    this.driver?.opened(slot);
  }

  #fail(slot, isAbandoned) {
    this.#enter(slot, UNUSED);
    this.throttling?.recordFailure(this.#get(slot, CLIENT), this.events.now, isAbandoned);
    this.driver?.closed(slot, 1006, false, 0);
  }

  #receiveClose(slot) {
    const openFor = this.events.now - this.#get(slot, OPENED_AT);
    this.#enter(slot, UNUSED);
    this.statistics.recordClose(this.#get(slot, CLIENT), this.time);
    if (openFor < WASTED_BEFORE_MS) this.statistics.wastedHandshakes += 1;
    this.driver?.closed(slot, this.#get(slot, CLOSE_CODE), true, openFor);
  }
}

function isPending(phase) {
  return phase !== UNUSED && phase !== OPEN;
}
