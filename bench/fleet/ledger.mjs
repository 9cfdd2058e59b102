/** The width of the bins in which dials are counted, in ms. */
export const BIN = 100;

/** Counts what happens in a world: what the servers saw, and what the people behind the clients saw. */
export class Ledger {
  dials = 0;
  /** Handshakes of a running server that came to nothing: turned away, given up meanwhile, closed within 5 s. */
  wasted = 0;
  /** SYN packets that TCP sent again because the backlog was full. */
  resent = 0;
  openCount = 0;

  #dialsIn;
  #changeIn;
  #openAt;
  #closedAt;
  #isOpen;
  #away = 0;

  /** @param {number} clients @param {number} limit ms that a run lasts at most */
  constructor(clients, limit) {
    const bins = Math.ceil(limit / BIN) + 1;
    this.#dialsIn = new Uint32Array(bins);
    this.#changeIn = new Int32Array(bins);
    this.#openAt = new Int32Array(clients).fill(-1);
    this.#closedAt = new Int32Array(clients);
    this.#isOpen = new Uint8Array(clients);
  }

  openAll() {
    this.#isOpen.fill(1);
    this.openCount = this.#isOpen.length;
  }

  countDial(time) {
    this.dials += 1;
    this.#dialsIn[Math.floor(time / BIN)] += 1;
  }

  open(client, time) {
    this.#isOpen[client] = 1;
    this.openCount += 1;
    if (time < 0) return;
    this.#changeIn[Math.floor(time / BIN)] += 1;
    this.#openAt[client] = time;
    this.#away += time - this.#closedAt[client];
  }

  close(client, time) {
    this.#isOpen[client] = 0;
    this.openCount -= 1;
    if (time < 0) return;
    this.#changeIn[Math.floor(time / BIN)] -= 1;
    this.#closedAt[client] = time;
  }

  /**
   * @param {number} wellAt when the servers are well again, in ms
   * @param {number} end when the run ended, in ms
   */
  report(wellAt, end) {
    const clients = this.#isOpen.length;
    const times = this.#openAt.filter((time, client) => this.#isOpen[client] === 1 && time >= 0).sort();
    const unharmed = this.#openAt.reduce(
      (sum, time, client) => sum + (time < 0 && this.#isOpen[client] ? 1 : 0),
      0,
    );
    const lost = clients - unharmed - times.length;
    /**
     * When so many clients were back for good, in ms; Infinity when they never were.
     *
     * @type {(share: number) => number}
     */
    const backAfter = (share) => {
      const rank = Math.ceil(share * clients) - unharmed;
      if (rank <= 0) return 0;
      return rank > times.length ? Infinity : times[rank - 1];
    };
    const used = Math.min(this.#dialsIn.length, Math.ceil(end / BIN) + 1);
    let connected = clients;
    return {
      clients,
      dials: this.dials,
      peak: this.#dialsIn.reduce((most, dials) => Math.max(most, dials), 0),
      wasted: this.wasted,
      resent: this.resent,
      back50: backAfter(0.5),
      back99: backAfter(0.99),
      back100: backAfter(1),
      longestWait: lost > 0 ? Infinity : Math.max(0, (times.at(-1) ?? 0) - wellAt),
      lost,
      /** Time without a connection of those who are back. */
      meanAway: lost < clients ? this.#away / (clients - lost) : Infinity,
      dialsPerBin: Array.from(this.#dialsIn.subarray(0, used)),
      connectedPerBin: Array.from(this.#changeIn.subarray(0, used), (change) => (connected += change)),
    };
  }
}

/** @typedef {ReturnType<Ledger['report']>} Report */
