/** What becomes of a dial that reaches a server. */
export const ACCEPTED = 1;
/** Turned away by a machine on which nothing listens: costs next to nothing. */
export const REFUSED = 2;
/** Turned away by a busy server, which has spent a handshake on it. */
export const BUSY = 3;
/** Dropped because the backlog is full; the client's TCP sends it again by itself. */
export const DROPPED = 4;
/** Accepted and closed again at once, with a code. */
export const TURNED_AWAY = 5;

/**
 * One server that accepts so many connections per second. The limit is a token bucket with a queue (the
 * backlog) behind it, kept as the one number that the generic cell rate algorithm needs.
 */
export class Server {
  /** Whether anything listens. */
  isUp = true;
  /** A server that flaps closes what it accepted after so many ms, with `flapCode`. */
  flapAfter = Infinity;
  flapCode = 1006;
  /** Outcome of the latest dial, and when the server is done with it. */
  outcome = ACCEPTED;
  doneAt = 0;

  #interval;
  #burst;
  #patience;
  #due = 0;

  /**
   * @param {{ perSecond: number; burst: number; backlog: number; handshake: number; overload: number }} limits
   *   `overload` is the outcome of a dial that finds the backlog full
   */
  constructor({ perSecond, burst, backlog, handshake, overload }) {
    this.#interval = 1000 / perSecond;
    this.#burst = burst * this.#interval;
    this.#patience = backlog * this.#interval;
    this.handshake = handshake;
    this.overload = overload;
  }

  /** Answers a dial that arrives now: sets `outcome` and `doneAt`. */
  answer(now) {
    this.doneAt = now;
    if (!this.isUp) {
      this.outcome = REFUSED;
      return;
    }
    const due = Math.max(this.#due, now - this.#burst) + this.#interval;
    if (due > now + this.#patience) {
      this.outcome = this.overload;
      if (this.outcome !== DROPPED) this.doneAt = now + this.handshake;
      return;
    }
    this.#due = due;
    this.outcome = ACCEPTED;
    this.doneAt = Math.max(now, Math.ceil(due)) + this.handshake;
  }
}

/** Shares the dials out, one server after the other, among those that answered its latest health check. */
export class Balancer {
  #next = 0;

  /** @param {number} servers */
  constructor(servers) {
    this.trusted = new Array(servers).fill(true);
  }

  /** The server for a dial, or -1 when none is trusted. */
  choose() {
    const { length } = this.trusted;
    for (let tries = 0; tries < length; tries += 1) {
      const server = this.#next;
      this.#next = (server + 1) % length;
      if (this.trusted[server]) return server;
    }
    return -1;
  }
}
