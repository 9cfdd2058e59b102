import type { MessageData } from '../core/index.js';

/** The class of the sockets of a test server: used like the global `WebSocket`. */
export type TestWebSocketConstructor = new (url: string | URL, protocols?: string | string[]) => WebSocket;

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

const EVENT_NAMES = ['open', 'message', 'error', 'close'] as const;
type EventName = (typeof EVENT_NAMES)[number];
type Handler = (event: Event) => void;

/** How a socket ends: a dial that failed or a connection that broke, unless a code says more. */
interface End {
  readonly code?: number;
  readonly reason?: string | undefined;
  readonly wasClean?: boolean;
}

/** The client's end of a socket, as its server sees it. */
export interface ClientSocket {
  readonly url: string;
  /** The subprotocols that it offers. */
  readonly offered: readonly string[];
  readonly readyState: number;
  /** What it was closed with from its side, once it was. */
  readonly closedWith: { readonly code: number | undefined; readonly reason: string | undefined } | null;
  /** The handshake is answered. */
  readonly open: (protocol: string) => void;
  /** A frame comes in; one that comes after the client has closed is lost, as on a real socket. */
  readonly receive: (data: MessageData) => void;
  readonly end: (how: End) => void;
}

/** The server that sockets reach. */
export interface Reached {
  /** A socket dials; returns what takes its frames. */
  readonly serve: (client: ClientSocket) => (data: MessageData) => void;
  /** A dial ended in the constructor, which throws this. */
  readonly refuseToDial: (error: unknown) => void;
  /** Runs what fires events. */
  readonly act: (run: () => void) => unknown;
}

/**
 * Creates a class of WHATWG `WebSocket` whose instances reach this server. Nothing happens to one by itself, and it
 * throws where that of a browser throws.
 */
export function createWebSocketClass({ serve, refuseToDial, act }: Reached): TestWebSocketConstructor {
  const construct = (url: string | URL, protocols: string | readonly string[]) => {
    try {
      return { url: parseUrl(url), offered: parseProtocols(protocols) };
    } catch (error) {
      refuseToDial(error);
      throw error;
    }
  };

  class TestWebSocket extends EventTarget implements ClientSocket {
    static readonly CONNECTING = CONNECTING;
    static readonly OPEN = OPEN;
    static readonly CLOSING = CLOSING;
    static readonly CLOSED = CLOSED;
    readonly CONNECTING = CONNECTING;
    readonly OPEN = OPEN;
    readonly CLOSING = CLOSING;
    readonly CLOSED = CLOSED;

    readonly url: string;
    readonly offered: readonly string[];
    readyState: number = CONNECTING;
    binaryType: BinaryType = 'blob';
    readonly bufferedAmount = 0;
    readonly extensions = '';
    protocol = '';
    closedWith: ClientSocket['closedWith'] = null;
    readonly #transmit: (data: MessageData) => void;
    readonly #handlers: Partial<Record<EventName, Handler | null>> = {};

    constructor(url: string | URL, protocols: string | readonly string[] = []) {
      super();
      ({ url: this.url, offered: this.offered } = construct(url, protocols));
      for (const name of EVENT_NAMES) {
        this.addEventListener(name, (event) => {
          this.#handlers[name]?.call(this, event);
        });
      }
      this.#transmit = serve(this);
    }

    send(data: MessageData): void {
      if (this.readyState === CONNECTING) throw fault('InvalidStateError', 'The socket is still connecting.');
      if (this.readyState === OPEN) this.#transmit(copy(data));
    }

    close(code?: number, reason?: string): void {
      if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999))
        throw fault('InvalidAccessError', `The close code ${code} is neither 1000 nor from 3000 to 4999.`);
      if (bytesOf(reason ?? '') > 123)
        throw fault('SyntaxError', 'The close reason is longer than 123 bytes.');
      if (this.readyState >= CLOSING) return;
      // The server answers with what it was sent.
      const answer = this.readyState === OPEN ? { code: code ?? 1005, reason, wasClean: true } : {};
      this.readyState = CLOSING;
      this.closedWith = { code, reason };
      void Promise.resolve().then(() => this.end(answer));
    }

    open(protocol: string): void {
      this.readyState = OPEN;
      this.protocol = protocol;
      this.#fire('open');
    }

    receive(data: MessageData): void {
      if (this.readyState === OPEN)
        this.#fire('message', { data: this.#inBinaryType(data), origin: this.url });
    }

    end({ code = 1006, reason = '', wasClean = false }: End): void {
      if (this.readyState === CLOSED) return;
      // Chromium fires no error where an open socket loses its TCP connection.
      const hasFailed = this.readyState !== OPEN && !wasClean;
      this.readyState = CLOSED;
      if (hasFailed) this.#fire('error');
      this.#fire('close', { code, reason, wasClean });
    }

    getHandler(name: EventName): Handler | null {
      return this.#handlers[name] ?? null;
    }

    setHandler(name: EventName, handler: unknown): void {
      this.#handlers[name] = typeof handler === 'function' ? (handler as Handler) : null;
    }

    #fire(name: EventName, details: object = {}): void {
      // Not every platform has a CloseEvent.
      const event = Object.assign(new Event(name), details);
      act(() => {
        this.dispatchEvent(event);
      });
    }

    #inBinaryType(data: MessageData): string | ArrayBuffer | Blob {
      if (typeof data === 'string') return data;
      if (this.binaryType === 'blob') return data instanceof Blob ? data : new Blob([data]);
      if (data instanceof Blob)
        throw new TypeError(
          "A Blob has no bytes at once, and binaryType is 'arraybuffer': send an ArrayBuffer.",
        );
      return copy(data) as ArrayBuffer;
    }
  }
  // On the prototype, as in a browser: happy-dom calls a handler that is an own property by itself.
  for (const name of EVENT_NAMES) {
    Object.defineProperty(TestWebSocket.prototype, `on${name}`, {
      configurable: true,
      enumerable: true,
      get(this: TestWebSocket) {
        return this.getHandler(name);
      },
      set(this: TestWebSocket, handler: unknown) {
        this.setHandler(name, handler);
      },
    });
  }
  return TestWebSocket as unknown as TestWebSocketConstructor;
}

/** As the constructor of a browser does; relative addresses are resolved where there is a page. */
function parseUrl(given: string | URL): string {
  const { location } = globalThis as { location?: { readonly href: string } };
  let url: URL | null = null;
  try {
    url = new URL(String(given), location?.href);
  } catch {
    // Said below, in the words of a browser. `URL.canParse` is missing in Jest 29 and in older browsers.
  }
  if (!url || !/^(ws|http)s?:$/.test(url.protocol) || url.hash)
    throw fault('SyntaxError', `The URL '${String(given)}' is invalid.`);
  return url.href.replace(/^http/, 'ws');
}

/** The characters of a token (RFC 6455 section 4.1, RFC 9110 section 5.6.2). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

function parseProtocols(given: string | readonly string[]): readonly string[] {
  const offered = typeof given === 'string' ? [given] : [...given];
  if (new Set(offered).size < offered.length || !offered.every((name) => TOKEN.test(name)))
    throw fault('SyntaxError', `The subprotocol '${offered.join(', ')}' is invalid.`);
  return offered;
}

/** The bytes of a text in UTF-8; `TextEncoder` is missing in Jest with jsdom. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** The bytes of this moment: what happens to a buffer afterwards is not sent. */
function copy(data: MessageData): MessageData {
  if (ArrayBuffer.isView(data)) return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength);
  return data instanceof ArrayBuffer ? data.slice(0) : data;
}

function fault(name: string, message: string): DOMException {
  return new DOMException(message, name);
}
