import { type CloseInfo, createCloseInfo } from '../closeInfo.js';
import { asError, setupError, type WebSocketError } from '../errors.js';
import type { RawMessage } from '../messages/frames.js';
import { runSafely } from '../platform/runSafely.js';
import { Timer } from '../platform/timer.js';
import { redactUrl } from '../safeText.js';
import { findMixedContent, watchContentPolicy } from './blockedByPage.js';

/** What a URL or protocols function is called with. */
export interface DialContext {
  /** 0 for a first dial, then the number of the attempt within the outage. */
  readonly attempt: number;
  /** Aborts when this dial is no longer wanted: pass it to `fetch`. Missing where the platform has no `AbortController`. */
  readonly signal: AbortSignal;
  /** The latest close, or `null` before the first. */
  readonly lastClose: CloseInfo | null;
}

/**
 * Where to connect. A function is called for every dial, so that each one can bring a fresh token. Its rejection is a
 * failed attempt. Its identity never matters: where it stands for another user or destination, pass another `key`.
 */
export type UrlSource = string | URL | ((dial: DialContext) => string | URL | Promise<string | URL>);

/** The subprotocols to offer. */
export type Protocols = string | readonly string[] | undefined;

/** The subprotocols to offer, or a function that is called for every dial. */
export type ProtocolsSource = Protocols | ((dial: DialContext) => Protocols | Promise<Protocols>);

/** What a connection uses of a socket. */
export interface WebSocketLike {
  readonly readyState: number;
  readonly protocol: string;
  binaryType: string;
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  send(data: never): void;
  close(code?: number, reason?: string): void;
}

/** A WHATWG `WebSocket` class: that of the browser, React Native, Node, `ws`, undici, or mock-socket. */
export type WebSocketConstructor = new (url: string, protocols?: string | string[]) => WebSocketLike;

/** The options that a socket is opened with. */
export interface DialOptions {
  readonly url: UrlSource;
  readonly protocols: ProtocolsSource;
  readonly binaryType: BinaryType;
  readonly connectTimeout: number;
  readonly WebSocket: WebSocketConstructor | undefined;
}

/** What becomes of a dial. After `onClose` or `onBroken`, or once it is abandoned, nothing follows. */
export interface DialEvents {
  /** The URL is known (it comes redacted), and the socket is about to be made. */
  onDial(shownUrl: string): void;
  /** The socket has opened. {@link Dial.confirmOpen} says whether it counts as open; the timeout goes on until then. */
  onOpen(): void;
  onMessage(event: MessageEvent<RawMessage>): void;
  /** The socket ended, or was refused. */
  onClose(close: CloseInfo): void;
  /** The URL or protocols function threw or rejected; `onClose` follows. */
  onRejected(error: Error): void;
  /** No socket can be made. */
  onBroken(error: WebSocketError): void;
}

/** The values of `readyState`. WHATWG has them as constants of the class, but not every class does. */
const OPEN = 1;
const CLOSED = 3;

/** Stays on a socket that was abandoned, because those of `ws` throw an error that has no listener. */
const ignore = (): void => undefined;

/** One attempt to open a socket, and the life of that socket: used once. */
export class Dial {
  /** The URL, redacted, once it is known. */
  shownUrl = '';
  readonly #options: DialOptions;
  readonly #events: DialEvents;
  /** The option `connectTimeout`; cleared once the socket counts as open, and when the dial ends. */
  readonly #timer = new Timer();
  /** Looks whether a socket with an error is closed; cleared when the dial ends. */
  #closedTimer: Timer | null = null;
  /** Made for functions only: it is large, and a plain URL needs none. */
  #controller: AbortController | null = null;
  #socket: WebSocketLike | null = null;
  #stopWatching: (() => void) | null = null;
  #hasOpened = false;
  #isOver = false;

  constructor(options: DialOptions, events: DialEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** Whether the socket takes messages. */
  get isOpen(): boolean {
    return runSafely(() => this.#socket?.readyState) === OPEN;
  }

  get protocol(): string {
    return runSafely(() => this.#socket?.protocol) ?? '';
  }

  /** The socket counts as open, and its end as that of an open one. */
  confirmOpen(): void {
    this.#hasOpened = true;
    this.#timer.clear();
  }

  send(data: unknown): void {
    this.#socket?.send(data as never);
  }

  start({ attempt, lastClose }: Omit<DialContext, 'signal'>): void {
    const { url, protocols, connectTimeout } = this.#options;
    this.#timer.start(connectTimeout, () => this.#end());
    const given: unknown[] = [];
    try {
      for (const source of [url, protocols]) {
        if (typeof source !== 'function') given.push(source);
        else {
          const { AbortController } = globalThis as Partial<typeof globalThis>;
          this.#controller ??= AbortController ? new AbortController() : null;
          // A platform without the class gets no signal.
          const context = { attempt, lastClose, signal: this.#controller?.signal };
          given.push(source(context as DialContext));
        }
      }
      // A plain URL is dialled in the same tick.
      if (given.some((value) => (value as Partial<Promise<unknown>> | null)?.then))
        Promise.all(given)
          .then((values) => this.#open(values))
          .catch((error: unknown) => this.#reject(error));
      else this.#open(given);
    } catch (error) {
      // The promise of a URL function would reject without a handler.
      void Promise.allSettled(given);
      this.#reject(error);
    }
  }

  /** Detaches the socket and closes it without waiting for the peer; nothing follows. */
  abandon(code?: number, reason?: string): void {
    this.#detach(code, reason);
    // Last, because it runs the user's signal listeners.
    this.#controller?.abort();
  }

  #detach(code?: number, reason?: string): void {
    this.#isOver = true;
    this.#timer.clear();
    this.#closedTimer?.clear();
    this.#stopWatching?.();
    this.#stopWatching = null;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    // Two steps, because a socket whose handlers cannot be removed must be closed all the same.
    runSafely(() => {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.onerror = ignore;
    });
    // A socket that does not say that it has ended is closed.
    const hasEnded = runSafely(() => socket.readyState > OPEN);
    if (!hasEnded) runSafely(() => socket.close(code, reason));
  }

  #end(known?: Partial<CloseInfo>): void {
    if (this.#isOver) return;
    this.#detach();
    // Before the signal aborts, because its listeners may begin another dial.
    this.#events.onClose(createCloseInfo({ ...known, opened: this.#hasOpened }));
    this.#controller?.abort();
  }

  #reject(error: unknown): void {
    if (!this.#isOver) this.#events.onRejected(asError(error));
    this.#end({ error });
  }

  #fail(error: WebSocketError): void {
    if (this.#isOver) return;
    this.#detach();
    this.#events.onBroken(error);
    this.#controller?.abort();
  }

  #open(given: readonly unknown[]): void {
    if (this.#isOver) return;
    const [url, protocols] = given as readonly [string | URL, Protocols | null];
    this.shownUrl = redactUrl(url);
    this.#events.onDial(this.shownUrl);
    // An event listener may have called close().
    if (this.#hasEnded()) return;
    this.#stopWatching = watchContentPolicy(String(url), this.shownUrl, (error) => this.#fail(error));
    try {
      const { WebSocket = (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket } = this.#options;
      if (!WebSocket) throw new Error('there is no global WebSocket; pass one in the WebSocket option');
      // An empty URL would connect to the address of the page.
      if (!url) throw new Error('the url is empty');
      this.#socket = new WebSocket(url as string, (protocols as string[] | null) ?? undefined);
      // A class of the user may have called close() meanwhile.
      if (this.#hasEnded()) this.abandon();
      else this.#listen(this.#socket, url);
    } catch (error) {
      this.#fail(setupError(url, protocols, error));
    }
  }

  #hasEnded(): boolean {
    return this.#isOver;
  }

  #listen(socket: WebSocketLike, url: string | URL): void {
    // An error decides nothing, because a close follows. But a socket that the page may not open is CLOSED from the
    // start or from the task after the error, and no close follows.
    const lookLater = (): void => {
      if (!this.#isOver) (this.#closedTimer ??= new Timer()).start(0, () => this.#endIfClosed(url));
    };
    socket.binaryType = this.#options.binaryType;
    socket.onopen = () => {
      const stopWatching = this.#stopWatching;
      // A socket opens once, whatever it says.
      if (!stopWatching) return;
      this.#stopWatching = null;
      stopWatching();
      this.#events.onOpen();
    };
    socket.onmessage = (event: MessageEvent<RawMessage>) => {
      if (!this.#isOver) this.#events.onMessage(event);
    };
    // That of a socket that does not keep to the standard may be no event, or throw when it is read.
    socket.onclose = (event?: CloseEvent) => this.#end(runSafely(readClose, event));
    socket.onerror = lookLater;
    if (socket.readyState === CLOSED) lookLater();
  }

  #endIfClosed(url: string | URL): void {
    if (this.#isOver || runSafely(() => this.#socket?.readyState) !== CLOSED) return;
    const blocked = this.#hasOpened ? null : findMixedContent(String(url), this.shownUrl);
    if (blocked) this.#fail(blocked);
    else this.#end();
  }
}

function readClose({ code, reason, wasClean }: Partial<CloseEvent> = {}): CloseInfo {
  // React Native does not say whether a close was clean: older versions leave it out, newer ones give `false`.
  const { product } = (globalThis.navigator as Navigator | undefined) ?? {};
  const isKnown = wasClean !== undefined && product !== 'ReactNative';
  return createCloseInfo({ code, reason, wasClean: isKnown ? wasClean : (code || 1006) !== 1006 });
}
