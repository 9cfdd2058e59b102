import type { MessageData, WebSocketConstructor } from '../../src/core/index.js';

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

type EventName = 'open' | 'message' | 'error' | 'close';

/** How the sockets of a server differ from those of a browser. */
export interface SocketHabits {
  /** `error` and `close` are fired inside `close()` (undici), or in a later task (browsers). */
  readonly close?: 'later' | 'inside';
  /** The constructor returns a socket that is CLOSED already (a Content Security Policy). */
  readonly born?: 'connecting' | 'closed';
  /** The constructor throws this. */
  readonly throws?: Error;
}

/** What a socket was closed with from this side. */
export interface CloseCall {
  readonly code: number | undefined;
  readonly reason: string | undefined;
}

/**
 * A WHATWG `WebSocket` whose server is the test. Nothing happens by itself and no timer is used: what a browser
 * does in a later task waits until the test calls `settle()`.
 */
export class FakeSocket {
  static readonly CONNECTING = CONNECTING;
  static readonly OPEN = OPEN;
  static readonly CLOSING = CLOSING;
  static readonly CLOSED = CLOSED;

  readonly url: string;
  readonly protocols: readonly string[];
  /** What was sent, in the form it had at that moment. */
  readonly sent: MessageData[] = [];
  /** Every call of `close()`. */
  readonly closeCalls: CloseCall[] = [];
  /** What was sent to a socket that takes nothing any more. */
  readonly lost: MessageData[] = [];

  readyState: number = CONNECTING;
  binaryType: BinaryType = 'blob';
  protocol = '';
  extensions = '';
  bufferedAmount = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;

  readonly #habits: SocketHabits;
  /** The end that a browser would fire in a later task. */
  #pendingEnd: (() => void) | null = null;

  constructor(url: string | URL, protocols: string | readonly string[] = [], habits: SocketHabits = {}) {
    const parsed = new URL(url, 'https://page.example/');
    if (!/^(ws|http)s?:$/.test(parsed.protocol) || parsed.hash) {
      throw new DOMException(`The URL '${String(url)}' is invalid.`, 'SyntaxError');
    }
    parsed.protocol = parsed.protocol.replace('http', 'ws');
    const offered = typeof protocols === 'string' ? [protocols] : [...protocols];
    if (
      new Set(offered).size < offered.length ||
      offered.some((name) => !/^[\w.+!#$%&'*^`|~-]+$/.test(name))
    ) {
      throw new DOMException(`The subprotocol '${String(protocols)}' is invalid.`, 'SyntaxError');
    }
    this.url = parsed.href;
    this.protocols = offered;
    this.#habits = habits;
    if (habits.born === 'closed') this.readyState = CLOSED;
  }

  get isLive(): boolean {
    return this.readyState === CONNECTING || this.readyState === OPEN;
  }

  send(data: MessageData): void {
    if (this.readyState === CONNECTING) {
      throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
    }
    (this.readyState === OPEN ? this.sent : this.lost).push(copyOf(data));
  }

  close(code?: number, reason?: string): void {
    if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
      throw new DOMException(`The code ${code} is not allowed.`, 'InvalidAccessError');
    }
    if (new TextEncoder().encode(reason ?? '').length > 123) {
      throw new DOMException('The reason is too long.', 'SyntaxError');
    }
    this.closeCalls.push({ code, reason });
    if (!this.isLive) return;
    const wasOpen = this.readyState === OPEN;
    this.readyState = CLOSING;
    this.#pendingEnd = () => {
      this.readyState = CLOSED;
      if (!wasOpen) this.fire('error');
      this.fire('close', wasOpen ? { code: code ?? 1005, reason: reason ?? '', wasClean: true } : {});
    };
    if (this.#habits.close === 'inside') this.settle();
  }

  /** Fires the end of a socket that this side has closed, as a browser does in a later task. */
  settle(): void {
    const end = this.#pendingEnd;
    this.#pendingEnd = null;
    end?.();
  }

  /** The server accepts the handshake. */
  accept(protocol = ''): this {
    this.readyState = OPEN;
    this.protocol = protocol;
    this.fire('open');
    return this;
  }

  /** The server sends messages. A socket that this side has closed delivers none. */
  message(...messages: readonly unknown[]): void {
    for (const data of messages) if (this.readyState === OPEN) this.fire('message', { data });
  }

  /** The server closes an open socket with a close frame. */
  serverClose(code = 1005, reason = '', wasClean = true): void {
    this.readyState = CLOSED;
    this.#pendingEnd = null;
    this.fire('close', { code, reason, wasClean });
  }

  /** The close frame of the server is here, and the TCP connection is still up: CLOSING for about 2 s. */
  beginServerClose(): void {
    this.readyState = CLOSING;
  }

  /** TCP breaks without a close frame: Chromium fires no `error`. */
  drop(): void {
    this.serverClose(1006, '', false);
  }

  /** The handshake fails: `error`, then `close` 1006 in the same task. */
  refuse(): void {
    this.readyState = CLOSED;
    this.fire('error');
    this.serverClose(1006, '', false);
  }

  /** Fires an event by itself, for sockets that do not keep to the standard. */
  fire(name: EventName, details: Readonly<Record<string, unknown>> = {}): void {
    const event =
      name === 'message'
        ? new MessageEvent('message', details)
        : {
            type: name,
            target: this,
            ...(name === 'close' ? { code: 1006, reason: '', wasClean: false } : {}),
            ...details,
          };
    const handler = this[`on${name}`] as ((event: object) => void) | null;
    handler?.call(this, event);
  }
}

/** A view is copied as a view of its type, because a socket takes the bytes of that moment. */
function copyOf(data: MessageData): MessageData {
  if (ArrayBuffer.isView(data)) {
    const View = data.constructor as new (buffer: ArrayBuffer) => ArrayBufferView<ArrayBuffer>;
    return new View(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));
  }
  return data instanceof ArrayBuffer ? data.slice(0) : data;
}

/** The sockets that one test makes, oldest first. */
export interface FakeServer {
  readonly WebSocket: WebSocketConstructor;
  readonly sockets: readonly FakeSocket[];
  /** The newest one. */
  readonly socket: FakeSocket;
  /** How many times the constructor was called, whether or not it threw. */
  readonly dials: number;
  /** How many sockets were in use at one time, at the most. */
  readonly mostLive: number;
  /** Changes the habits of the sockets to come. */
  become(habits: SocketHabits): void;
}

/** Creates a server without sockets; its `WebSocket` is for the option of that name. */
export function createFakeServer(habits: SocketHabits = {}): FakeServer {
  const sockets: FakeSocket[] = [];
  let live: FakeSocket[] = [];
  let present = habits;
  let dials = 0;
  let mostLive = 0;
  const Recorded = class extends FakeSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      dials += 1;
      if (present.throws) throw present.throws;
      super(url, protocols, present);
      sockets.push(this);
      live = [...live.filter((socket) => socket.isLive), this];
      mostLive = Math.max(mostLive, live.length);
    }
  };
  return {
    WebSocket: Recorded,
    sockets,
    get socket() {
      const newest = sockets.at(-1);
      if (!newest) throw new Error('No socket has been made.');
      return newest;
    },
    get dials() {
      return dials;
    },
    get mostLive() {
      return mostLive;
    },
    become(next) {
      present = next;
    },
  };
}
