/** The width of the bins in which dials are counted, in ms. */
export const BIN_MS = 100;

/** Records what the servers and the clients of a simulated fleet experience. Times are in ms since the first close. */
export class FleetStatistics {
  dials = 0;
  /** Handshakes of a running server without use: rejected, abandoned by the client, or closed within 5 s. */
  wastedHandshakes = 0;
  openCount = 0;

  #dialsPerBin;
  #connectedChangePerBin;
  #openedAt;
  #closedAt;
  #isOpen;
  #totalDowntime = 0;

  /** @param {number} clients @param {number} limit the longest duration of a run, in ms */
  constructor(clients, limit) {
    const bins = Math.ceil(limit / BIN_MS) + 1;
    this.#dialsPerBin = new Uint32Array(bins);
    this.#connectedChangePerBin = new Int32Array(bins);
    this.#openedAt = new Int32Array(clients).fill(-1);
    this.#closedAt = new Int32Array(clients);
    this.#isOpen = new Uint8Array(clients);
  }

  recordAllOpen() {
    this.#isOpen.fill(1);
    this.openCount = this.#isOpen.length;
  }

  recordDial(time) {
    this.dials += 1;
    this.#dialsPerBin[Math.floor(time / BIN_MS)] += 1;
  }

  recordOpen(client, time) {
    this.#isOpen[client] = 1;
    this.openCount += 1;
    if (time < 0) return;
    this.#connectedChangePerBin[Math.floor(time / BIN_MS)] += 1;
    this.#openedAt[client] = time;
    this.#totalDowntime += time - this.#closedAt[client];
  }

  recordClose(client, time) {
    this.#isOpen[client] = 0;
    this.openCount -= 1;
    if (time < 0) return;
    this.#connectedChangePerBin[Math.floor(time / BIN_MS)] -= 1;
    this.#closedAt[client] = time;
  }

  /**
   * @param {number} recoveredAt when the servers accept clients again, in ms
   * @param {number} end when the run ended, in ms
   */
  report(recoveredAt, end) {
    const clients = this.#isOpen.length;
    const reconnectedAt = this.#openedAt
      .filter((time, client) => this.#isOpen[client] === 1 && time >= 0)
      .sort();
    const neverClosed = this.#openedAt.reduce(
      (sum, time, client) => sum + (time < 0 && this.#isOpen[client] ? 1 : 0),
      0,
    );
    const disconnected = clients - neverClosed - reconnectedAt.length;
    /**
     * When this share of the clients was connected and stayed so; Infinity if that never happened.
     *
     * @type {(share: number) => number}
     */
    const reconnectTime = (share) => {
      const rank = Math.ceil(share * clients) - neverClosed;
      if (rank <= 0) return 0;
      return rank > reconnectedAt.length ? Infinity : reconnectedAt[rank - 1];
    };
    const bins = Math.min(this.#dialsPerBin.length, Math.ceil(end / BIN_MS) + 1);
    let connected = clients;
    return {
      clients,
      dials: this.dials,
      /** The most dials in a bin. */
      peak: this.#dialsPerBin.reduce((most, dials) => Math.max(most, dials), 0),
      wastedHandshakes: this.wastedHandshakes,
      reconnectTime50: reconnectTime(0.5),
      reconnectTime99: reconnectTime(0.99),
      reconnectTime100: reconnectTime(1),
      /** How long the last client had to wait once the servers accepted clients again. */
      longestWait: disconnected > 0 ? Infinity : Math.max(0, (reconnectedAt.at(-1) ?? 0) - recoveredAt),
      /** Clients without a connection at the end. */
      disconnected,
      /** The time without a connection, averaged over the clients that have one at the end. */
      meanDowntime: disconnected < clients ? this.#totalDowntime / (clients - disconnected) : Infinity,
      dialsPerBin: Array.from(this.#dialsPerBin.subarray(0, bins)),
      connectedPerBin: Array.from(
        this.#connectedChangePerBin.subarray(0, bins),
        (change) => (connected += change),
      ),
    };
  }
}

/** @typedef {ReturnType<FleetStatistics['report']>} FleetReport */
