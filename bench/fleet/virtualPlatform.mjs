/**
 * The globals that a WebSocket client uses in a browser, on the virtual clock of a {@link FleetSimulation}: timers,
 * the time of day, random numbers and a `WebSocket` class. They replace the real ones during a run.
 */
export class VirtualPlatform {
  #fleet;
  #timers;
  #freeTimers = [];
  #sockets;
  #freeSockets = [];
  #saved;

  /**
   * @param {import('./fleetSimulation.mjs').FleetSimulation} fleet
   * @param {{ sockets: number; timers: number; random: () => number; reply: (data: unknown) => string | undefined }} setup
   *   `reply` is the answer of the server to a message, for protocols with a handshake of their own
   */
  constructor(fleet, { sockets, timers, random, reply }) {
    this.#fleet = fleet;
    this.#timers = new Array(timers);
    this.#sockets = new Array(sockets);
    for (let index = timers - 1; index >= 0; index -= 1) this.#freeTimers.push(fleet.firstTimer + index);
    for (let slot = sockets - 1; slot >= 0; slot -= 1) this.#freeSockets.push(slot);
    this.random = random;
    this.WebSocket = createSocketClass(this, reply);

    fleet.onTimer = (slot) => {
      const timer = this.#timers[slot - fleet.firstTimer];
      this.#freeTimer(slot);
      timer.run();
    };
    fleet.driver = {
      opened: (slot) => this.#sockets[slot].handleOpen(),
      closed: (slot, code, opened) => this.#sockets[slot].handleClose(code, opened),
    };
  }

  get now() {
    return this.#fleet.events.now;
  }

  /** Starts a timer, as `setTimeout` does. */
  startTimer(run, delay = 0) {
    const slot = this.#freeTimers.pop();
    if (slot === undefined) throw new Error('A run has no room for so many timers.');
    const timer = { slot, run };
    this.#timers[slot - this.#fleet.firstTimer] = timer;
    this.#fleet.events.schedule(slot, this.now + Math.max(0, Math.floor(Number(delay) || 0)));
    return timer;
  }

  stopTimer(timer) {
    if (!timer || this.#timers[timer.slot - this.#fleet.firstTimer] !== timer) return;
    this.#fleet.events.cancel(timer.slot);
    this.#freeTimer(timer.slot);
  }

  /** Begins a dial; returns the slot of the socket. */
  dial(socket, client) {
    const slot = this.#freeSockets.pop();
    if (slot === undefined) throw new Error('A run has no room for so many sockets.');
    this.#sockets[slot] = socket;
    this.#fleet.dial(slot, client);
    return slot;
  }

  abandon(slot) {
    this.#fleet.abandon(slot);
  }

  /** Makes the slot of a socket available again. */
  freeSocket(slot) {
    this.#sockets[slot] = undefined;
    this.#freeSockets.push(slot);
  }

  /** Replaces the globals. */
  install() {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
    this.#saved = {
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
      now: Date.now,
      random: Math.random,
    };
    const start = (run, delay, ...args) => this.startTimer(() => run(...args), delay);
    const repeat = (run, delay, ...args) => {
      const timer = { current: null };
      const again = () => {
        timer.current = this.startTimer(again, delay);
        run(...args);
      };
      timer.current = this.startTimer(again, delay);
      return timer;
    };
    const stop = (timer) => this.stopTimer(timer?.current ?? timer);
    Object.assign(globalThis, {
      setTimeout: start,
      clearTimeout: stop,
      setInterval: repeat,
      clearInterval: stop,
    });
    Date.now = () => this.now;
    Math.random = () => this.random();
  }

  /** Restores the globals. */
  uninstall() {
    const { now, random, ...timers } = this.#saved;
    Object.assign(globalThis, timers);
    Date.now = now;
    Math.random = random;
  }

  #freeTimer(slot) {
    this.#timers[slot - this.#fleet.firstTimer] = undefined;
    this.#freeTimers.push(slot);
  }
}

/** The values of `readyState`. */
const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };

/** The parts of the WHATWG `WebSocket` that clients use. The path of its URL is the number of the client. */
function createSocketClass(platform, reply) {
  class VirtualWebSocket {
    onopen = null;
    onmessage = null;
    onerror = null;
    onclose = null;
    readyState = 0;
    bufferedAmount = 0;
    extensions = '';
    binaryType = 'blob';

    #listeners;
    #slot;

    constructor(url, protocols = []) {
      this.url = String(url);
      this.protocol = [protocols].flat()[0] ?? '';
      this.#slot = platform.dial(this, Number(/^wss?:\/\/[^/]+\/(\d+)/.exec(this.url)[1]));
    }

    addEventListener(type, listener) {
      this.#listeners ??= new Map();
      const listeners = this.#listeners.get(type) ?? new Set();
      this.#listeners.set(type, listeners.add(listener));
    }

    removeEventListener(type, listener) {
      this.#listeners?.get(type)?.delete(listener);
    }

    send(data) {
      const answer = reply(data);
      if (answer === undefined) return;
      platform.startTimer(() => {
        if (this.readyState === STATES.OPEN) this.#dispatch('message', { data: answer });
      }, 1);
    }

    close(code = 1005) {
      if (this.readyState >= STATES.CLOSING) return;
      const wasOpen = this.readyState === STATES.OPEN;
      this.readyState = STATES.CLOSING;
      platform.abandon(this.#slot);
      platform.startTimer(() => this.handleClose(wasOpen ? code : 1006, wasOpen));
    }

    handleOpen() {
      this.readyState = STATES.OPEN;
      this.#dispatch('open', {});
    }

    handleClose(code, opened) {
      this.readyState = STATES.CLOSED;
      platform.freeSocket(this.#slot);
      if (!opened) this.#dispatch('error', { message: '' });
      this.#dispatch('close', { code, reason: '', wasClean: opened && code !== 1006 });
    }

    #dispatch(type, details) {
      const event = { type, target: this, currentTarget: this, ...details };
      this[`on${type}`]?.(event);
      for (const listener of this.#listeners?.get(type) ?? []) listener.call(this, event);
    }
  }
  Object.assign(VirtualWebSocket, STATES);
  Object.assign(VirtualWebSocket.prototype, STATES);
  return VirtualWebSocket;
}
