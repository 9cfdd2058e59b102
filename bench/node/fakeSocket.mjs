/** Runs a function after the current task. */
const { setImmediate: runLater = setTimeout } = globalThis;

/** A socket without a network: it opens in the next task and dispatches the events that it is given. */
export class FakeSocket {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;

  /** @type {FakeSocket | null} the one that was created last */
  static newest = null;

  /** The number of sockets that were created. */
  static created = 0;

  /** The number of sockets that are about to open. */
  static opening = 0;

  /** With `false`, sockets stay in CONNECTING. */
  static opens = true;

  readyState = FakeSocket.CONNECTING;
  protocol = '';
  bufferedAmount = 0;
  onopen = null;
  onmessage = null;
  onclose = null;
  onerror = null;
  #listeners = null;

  constructor(url) {
    this.url = url;
    FakeSocket.newest = this;
    FakeSocket.created += 1;
    if (!FakeSocket.opens) return;
    FakeSocket.opening += 1;
    runLater(() => {
      FakeSocket.opening -= 1;
      if (this.readyState !== FakeSocket.CONNECTING) return;
      this.readyState = FakeSocket.OPEN;
      this.dispatch('open', new Event('open'));
    });
  }

  addEventListener(type, listener) {
    this.#listeners ??= { open: [], message: [], close: [], error: [] };
    this.#listeners[type].push(listener);
  }

  removeEventListener(type, listener) {
    if (!this.#listeners) return;
    this.#listeners[type] = this.#listeners[type].filter((other) => other !== listener);
  }

  send() {}

  close() {
    this.readyState = FakeSocket.CLOSED;
  }

  dispatch(type, event) {
    this[`on${type}`]?.(event);
    for (const listener of this.#listeners?.[type] ?? []) listener(event);
  }
}
