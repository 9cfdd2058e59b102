/** After the current task: in Node at once, in a browser as soon as it does so. */
const { setImmediate: soon = setTimeout } = globalThis;

/** A socket without a network, which opens at once and hands over events that are made already. */
export class FakeSocket {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;

  /** @type {FakeSocket | null} the newest one */
  static newest = null;

  /** How many there have been. */
  static made = 0;

  /** How many are about to open. */
  static opening = 0;

  /** With `false`, a handshake never ends. */
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
    FakeSocket.made += 1;
    if (!FakeSocket.opens) return;
    FakeSocket.opening += 1;
    soon(() => {
      FakeSocket.opening -= 1;
      if (this.readyState !== FakeSocket.CONNECTING) return;
      this.readyState = FakeSocket.OPEN;
      this.fire('open', new Event('open'));
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

  fire(type, event) {
    this[`on${type}`]?.(event);
    for (const listener of this.#listeners?.[type] ?? []) listener(event);
  }
}
