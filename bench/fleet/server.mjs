// The outcomes of a dial that reaches a server.
export const ACCEPTED = 1;
/** Refused by a machine on which nothing listens: costs next to nothing. */
export const REFUSED = 2;
/** Rejected by an overloaded server, which has spent a handshake on it. */
export const BUSY = 3;
/** Dropped because the backlog is full; the client's TCP sends it again. */
export const DROPPED = 4;
/** Accepted and closed again at once, with 1013. */
export const ACCEPTED_THEN_CLOSED = 5;

/**
 * One server that accepts a limited number of connections per second. The limit is a token bucket with a queue
 * (the backlog) behind it, kept as the one number that the generic cell rate algorithm needs.
 */
export class Server {
  /** Whether anything listens. */
  isUp = true;
  /** A flapping server closes what it has accepted after this many ms, with `flapCode`. */
  flapAfter = Infinity;
  flapCode = 1006;
  /** The outcome of the latest dial, and when the server is done with it. */
  outcome = ACCEPTED;
  doneAt = 0;

  #interval;
  #burst;
  #longestQueue;
  #due = 0;

  /**
   * @param {{ perSecond: number; burst: number; backlog: number; handshake: number; overload: number }} limits
   *   `overload` is the outcome of a dial when the backlog is full
   */
  constructor({ perSecond, burst, backlog, handshake, overload }) {
    this.#interval = 1000 / perSecond;
    this.#burst = burst * this.#interval;
    this.#longestQueue = backlog * this.#interval;
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
    if (due > now + this.#longestQueue) {
      this.outcome = this.overload;
      if (this.outcome !== DROPPED) this.doneAt = now + this.handshake;
      return;
    }
    this.#due = due;
    this.outcome = ACCEPTED;
    this.doneAt = Math.max(now, Math.ceil(due)) + this.handshake;
  }
}

/** Distributes dials round-robin over the servers that passed the latest health check. */
export class LoadBalancer {
  #next = 0;

  /** @param {number} servers */
  constructor(servers) {
    this.isHealthy = new Array(servers).fill(true);
  }

  /** The server for a dial, or -1 if none is healthy. */
  choose() {
    const { length } = this.isHealthy;
    for (let tries = 0; tries < length; tries += 1) {
      const server = this.#next;
      this.#next = (server + 1) % length;
      if (this.isHealthy[server]) return server;
    }
    return -1;
  }
}
