import { createStreams, fixedDraw } from './random.mjs';

/** Chromium counts the handshakes of the present period and of the one before. */
const CHROMIUM_PERIOD_MS = 120_000;
/** Firefox forgets a delay this long after the delay has passed. */
const FIREFOX_LIFETIME_MS = 60_000;
const FIREFOX_MAX_DELAY_MS = 60_000;

const UNTHROTTLED = 0;
const CHROMIUM = 1;
const FIREFOX = 2;

/**
 * How browsers delay WebSocket handshakes after failures; every client is one page in a browser of its own.
 *
 * Chromium (`services/network/websocket_throttler.cc`): a dial waits for
 * RandInt(1000, 5000) · 2^min(pending + failed / (succeeded + 1), 16) / 65536 ms, counted over the present and
 * the previous two minutes. Firefox (`WebSocketChannel.cpp`, `FailDelay`): 200–400 ms after the first failure,
 * times 1.5 after each further one, at most 60 s, measured from the latest failure; the socket stays in
 * CONNECTING meanwhile. Other browsers have no such delay that we know of.
 */
export class BrowserThrottling {
  #browser;
  #period;
  #failed;
  #failedBefore;
  #succeeded;
  #succeededBefore;
  #delay;
  #failedAt;
  #draw;

  /** @param {{ seed: number; clients: number; shares: { chromium: number; firefox: number } }} options */
  constructor({ seed, clients, shares }) {
    this.#draw = createStreams(seed, clients, 3);
    this.#browser = Uint8Array.from({ length: clients }, (_, client) => {
      const position = fixedDraw(seed, client, 101);
      if (position < shares.chromium) return CHROMIUM;
      return position < shares.chromium + shares.firefox ? FIREFOX : UNTHROTTLED;
    });
    this.#period = new Int32Array(clients);
    this.#failed = new Uint16Array(clients);
    this.#failedBefore = new Uint16Array(clients);
    this.#succeeded = new Uint16Array(clients);
    this.#succeededBefore = new Uint16Array(clients);
    this.#delay = new Float64Array(clients);
    this.#failedAt = new Int32Array(clients);
  }

  /** How long the browser delays the next dial of a client, in ms. */
  delayOf(client, now) {
    const browser = this.#browser[client];
    if (browser === CHROMIUM) {
      this.#updatePeriod(client, now);
      const failed = this.#failed[client] + this.#failedBefore[client];
      const succeeded = this.#succeeded[client] + this.#succeededBefore[client];
      const power = Math.min(Math.floor(failed / (succeeded + 1)), 16);
      return ((1000 + Math.floor(this.#draw(client) * 4001)) * 2 ** power) / 65_536;
    }
    if (browser === FIREFOX && this.#delay[client] > 0) {
      const sinceFailure = now - this.#failedAt[client];
      if (sinceFailure > FIREFOX_LIFETIME_MS + this.#delay[client]) this.#delay[client] = 0;
      return Math.max(0, this.#delay[client] - sinceFailure);
    }
    return 0;
  }

  /** Only Chromium counts a handshake that the client has abandoned as a failure. */
  recordFailure(client, now, isAbandoned) {
    const browser = this.#browser[client];
    if (browser === CHROMIUM) {
      this.#updatePeriod(client, now);
      this.#failed[client] += 1;
    } else if (browser === FIREFOX && !isAbandoned) {
      const previous = this.#delay[client];
      this.#delay[client] =
        previous > 0
          ? Math.min(FIREFOX_MAX_DELAY_MS, previous * 1.5)
          : 200 + Math.floor(this.#draw(client) * 200);
      this.#failedAt[client] = now;
    }
  }

  recordSuccess(client, now) {
    const browser = this.#browser[client];
    if (browser === CHROMIUM) {
      this.#updatePeriod(client, now);
      this.#succeeded[client] += 1;
    } else if (browser === FIREFOX) this.#delay[client] = 0;
  }

  #updatePeriod(client, now) {
    const period = Math.floor(now / CHROMIUM_PERIOD_MS);
    const passed = period - this.#period[client];
    if (passed === 0) return;
    this.#failedBefore[client] = passed === 1 ? this.#failed[client] : 0;
    this.#succeededBefore[client] = passed === 1 ? this.#succeeded[client] : 0;
    this.#failed[client] = 0;
    this.#succeeded[client] = 0;
    this.#period[client] = period;
  }
}
