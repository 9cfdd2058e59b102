import { createStreams, fixedDraw } from './random.mjs';

/** How often Chromium forgets the handshakes of the period before the last. */
const PERIOD = 120_000;
const FIREFOX_LIFETIME = 60_000;
const FIREFOX_LONGEST = 60_000;

/**
 * The brakes that browsers put on failing WebSocket handshakes, one page per browser process.
 *
 * Chromium (`services/network/websocket_throttler.cc`): a dial waits for
 * RandInt(1000, 5000) · 2^min(pending + failed / (succeeded + 1), 16) / 65536 ms, counted over the present and
 * the previous two minutes. Firefox (`WebSocketChannel.cpp`, `FailDelay`): 200–400 ms after the first failure,
 * times 1.5 after each further one, at most 60 s, measured from the latest failure; the socket stays in
 * CONNECTING meanwhile. Other browsers have none that we know of.
 */
export class Browsers {
  #kind;
  #draw;
  #period;
  #failed;
  #failedBefore;
  #succeeded;
  #succeededBefore;
  #delay;
  #failedAt;

  /** @param {{ seed: number; clients: number; shares: { chromium: number; firefox: number } }} options */
  constructor({ seed, clients, shares }) {
    this.#draw = createStreams(seed, clients, 3);
    this.#kind = Uint8Array.from({ length: clients }, (_, client) => {
      const place = fixedDraw(seed, client, 101);
      return place < shares.chromium ? 1 : place < shares.chromium + shares.firefox ? 2 : 0;
    });
    this.#period = new Int32Array(clients);
    this.#failed = new Uint16Array(clients);
    this.#failedBefore = new Uint16Array(clients);
    this.#succeeded = new Uint16Array(clients);
    this.#succeededBefore = new Uint16Array(clients);
    this.#delay = new Float64Array(clients);
    this.#failedAt = new Int32Array(clients);
  }

  /** How long the browser holds a dial back, in ms. */
  hold(client, now) {
    const kind = this.#kind[client];
    if (kind === 1) {
      this.#roll(client, now);
      const failed = this.#failed[client] + this.#failedBefore[client];
      const succeeded = this.#succeeded[client] + this.#succeededBefore[client];
      const power = Math.min(Math.floor(failed / (succeeded + 1)), 16);
      return ((1000 + Math.floor(this.#draw(client) * 4001)) * 2 ** power) / 65_536;
    }
    if (kind === 2 && this.#delay[client] > 0) {
      const since = now - this.#failedAt[client];
      if (since > FIREFOX_LIFETIME + this.#delay[client]) this.#delay[client] = 0;
      return Math.max(0, this.#delay[client] - since);
    }
    return 0;
  }

  /** A handshake failed; `given up` ones count in Chromium only. */
  fail(client, now, givenUp) {
    const kind = this.#kind[client];
    if (kind === 1) {
      this.#roll(client, now);
      this.#failed[client] += 1;
    } else if (kind === 2 && !givenUp) {
      const known = this.#delay[client];
      this.#delay[client] =
        known > 0 ? Math.min(FIREFOX_LONGEST, known * 1.5) : 200 + Math.floor(this.#draw(client) * 200);
      this.#failedAt[client] = now;
    }
  }

  succeed(client, now) {
    const kind = this.#kind[client];
    if (kind === 1) {
      this.#roll(client, now);
      this.#succeeded[client] += 1;
    } else if (kind === 2) this.#delay[client] = 0;
  }

  #roll(client, now) {
    const period = Math.floor(now / PERIOD);
    const passed = period - this.#period[client];
    if (passed === 0) return;
    this.#failedBefore[client] = passed === 1 ? this.#failed[client] : 0;
    this.#succeededBefore[client] = passed === 1 ? this.#succeeded[client] : 0;
    this.#failed[client] = 0;
    this.#succeeded[client] = 0;
    this.#period[client] = period;
  }
}
