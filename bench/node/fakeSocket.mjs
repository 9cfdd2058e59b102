/** A socket without a network, which opens at once and hands over events that are made already. */
export class FakeSocket {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;

  /** @type {FakeSocket | null} the newest one */
  static newest = null;

  readyState = FakeSocket.CONNECTING;
  protocol = '';
  bufferedAmount = 0;
  onopen = null;
  onmessage = null;
  onclose = null;
  onerror = null;
  #listeners = { open: [], message: [], close: [], error: [] };

  constructor(url) {
    this.url = url;
    FakeSocket.newest = this;
    setImmediate(() => {
      this.readyState = FakeSocket.OPEN;
      this.fire('open', new Event('open'));
    });
  }

  addEventListener(type, listener) {
    this.#listeners[type].push(listener);
  }

  removeEventListener(type, listener) {
    this.#listeners[type] = this.#listeners[type].filter((other) => other !== listener);
  }

  send() {}

  close() {
    this.readyState = FakeSocket.CLOSED;
  }

  fire(type, event) {
    this[`on${type}`]?.(event);
    for (const listener of this.#listeners[type]) listener(event);
  }
}
