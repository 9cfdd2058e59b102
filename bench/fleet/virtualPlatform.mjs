/**
 * What a WebSocket client finds in a browser, driven by the virtual clock of a {@link World}: timers, the time
 * of day, a random source and a `WebSocket` class. It stands in for the globals while a run lasts.
 */
export class VirtualPlatform {
  #world;
  #timers;
  #free = [];
  #sockets;
  #freeSockets = [];
  #saved;

  /**
   * @param {import('./world.mjs').World} world
   * @param {{ sockets: number; timers: number; random: () => number; reply: (data: unknown) => string | undefined }} setup
   *   `reply` is what the server answers to a message, for protocols that greet each other
   */
  constructor(world, { sockets, timers, random, reply }) {
    this.#world = world;
    this.#timers = new Array(timers);
    this.#sockets = new Array(sockets);
    for (let index = timers - 1; index >= 0; index -= 1) this.#free.push(world.firstTimer + index);
    for (let slot = sockets - 1; slot >= 0; slot -= 1) this.#freeSockets.push(slot);
    this.random = random;
    this.WebSocket = createSocketClass(this, reply);

    world.onTimer = (slot) => {
      const timer = this.#timers[slot - world.firstTimer];
      this.#release(slot);
      timer.run();
    };
    world.driver = {
      opened: (slot) => this.#sockets[slot].accept(),
      closed: (slot, code, opened) => this.#sockets[slot].end(code, opened),
    };
  }

  get now() {
    return this.#world.calendar.now;
  }

  /** Starts a timer, as `setTimeout` does. */
  start(run, delay = 0) {
    const slot = this.#free.pop();
    if (slot === undefined) throw new Error('There are more timers than a run has room for.');
    const timer = { slot, run };
    this.#timers[slot - this.#world.firstTimer] = timer;
    this.#world.calendar.plan(slot, this.now + Math.max(0, Math.floor(Number(delay) || 0)));
    return timer;
  }

  stop(timer) {
    if (!timer || this.#timers[timer.slot - this.#world.firstTimer] !== timer) return;
    this.#world.calendar.cancel(timer.slot);
    this.#release(timer.slot);
  }

  /** Begins a dial; returns the slot of the socket. */
  dial(socket, client) {
    const slot = this.#freeSockets.pop();
    if (slot === undefined) throw new Error('There are more sockets than a run has room for.');
    this.#sockets[slot] = socket;
    this.#world.dial(slot, client);
    return slot;
  }

  abandon(slot) {
    this.#world.abandon(slot);
  }

  /** The slot is not used any more. */
  forget(slot) {
    this.#sockets[slot] = undefined;
    this.#freeSockets.push(slot);
  }

  /** Puts it in the place of the globals. */
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
    const start = (run, delay, ...args) => this.start(() => run(...args), delay);
    const repeat = (run, delay, ...args) => {
      const timer = { current: null };
      const again = () => {
        timer.current = this.start(again, delay);
        run(...args);
      };
      timer.current = this.start(again, delay);
      return timer;
    };
    const stop = (timer) => this.stop(timer?.current ?? timer);
    Object.assign(globalThis, {
      setTimeout: start,
      clearTimeout: stop,
      setInterval: repeat,
      clearInterval: stop,
    });
    Date.now = () => this.now;
    Math.random = () => this.random();
  }

  uninstall() {
    const { now, random, ...timers } = this.#saved;
    Object.assign(globalThis, timers);
    Date.now = now;
    Math.random = random;
  }

  #release(slot) {
    this.#timers[slot - this.#world.firstTimer] = undefined;
    this.#free.push(slot);
  }
}

/** The values of `readyState`. */
const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };

/** A WHATWG `WebSocket`, as far as clients use it. The path of its URL is the number of the client. */
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
      platform.start(() => {
        if (this.readyState === STATES.OPEN) this.#dispatch('message', { data: answer });
      }, 1);
    }

    close(code = 1005) {
      if (this.readyState >= STATES.CLOSING) return;
      const wasOpen = this.readyState === STATES.OPEN;
      this.readyState = STATES.CLOSING;
      platform.abandon(this.#slot);
      platform.start(() => this.end(wasOpen ? code : 1006, wasOpen));
    }

    accept() {
      this.readyState = STATES.OPEN;
      this.#dispatch('open', {});
    }

    end(code, wasClean) {
      this.readyState = STATES.CLOSED;
      platform.forget(this.#slot);
      if (!wasClean) this.#dispatch('error', { message: '' });
      this.#dispatch('close', { code, reason: '', wasClean: wasClean && code !== 1006 });
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
