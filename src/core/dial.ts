import { type CloseInfo, createCloseInfo } from './closeCodes.js';
import type { MessageData, RawMessage } from './frames.js';
import { asError, redactUrl, setupError, type WebSocketError } from './errors.js';
import type { Protocols, ProtocolsSource, UrlSource, WebSocketConstructor } from './options.js';
import { createTimer } from './timer.js';

/** What is needed to open one socket. */
export interface DialPlan {
  readonly url: UrlSource;
  readonly protocols: ProtocolsSource;
  readonly attempt: number;
  readonly lastClose: CloseInfo | null;
  readonly binaryType: BinaryType;
  readonly connectTimeout: number;
  readonly WebSocket: WebSocketConstructor | undefined;
}

/** What becomes of a dial. After `onClose` or `onBroken`, or once it is abandoned, nothing follows. */
export interface DialEvents {
  /** The URL is known (it comes without query and credentials); the socket is about to be made. */
  readonly onDial: (url: string) => void;
  readonly onOpen: (url: string, protocol: string) => void;
  readonly onMessage: (event: MessageEvent<RawMessage>) => void;
  /** The socket ended, or was refused. */
  readonly onClose: (close: CloseInfo) => void;
  /** The URL or protocols function threw or rejected; `onClose` follows. */
  readonly onRejected: (error: Error) => void;
  /** No socket can be made of this. */
  readonly onBroken: (error: WebSocketError) => void;
}

/** One attempt to open a socket, and that socket's life: used once. */
export interface Dial {
  readonly start: () => void;
  /** Whether the socket takes frames at this moment. */
  readonly isReady: () => boolean;
  readonly send: (data: MessageData) => void;
  /** Lets go of it: listeners off, closed without waiting for the peer, nothing follows. */
  readonly abandon: (code?: number, reason?: string) => void;
  /** The same, told as a 1006: the peer does not answer. */
  readonly giveUp: () => void;
}

/** The values of `readyState`: in WHATWG they are constants of the class, but not every class has them. */
const OPEN = 1;
const CLOSED = 3;

/** Stays on a socket that is let go, because the sockets of `ws` throw an error that nobody listens to. */
const ignore = (): void => undefined;

/** Creates a dial that has not begun. */
export function createDial(plan: DialPlan, events: DialEvents): Dial {
  const timer = createTimer();
  const controller = new AbortController();
  let socket: WebSocket | undefined;
  let opened = false;
  let over = false;

  const abandon = (code?: number, reason?: string): void => {
    over = true;
    timer.stop();
    controller.abort();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = ignore;
    if (socket.readyState <= OPEN) socket.close(code, reason);
  };
  const end = (known: Partial<CloseInfo>): void => {
    if (over) return;
    abandon();
    events.onClose(createCloseInfo({ ...known, opened }));
  };
  const giveUp = (): void => {
    end({});
  };
  const reject = (error: unknown): void => {
    if (over) return;
    events.onRejected(asError(error));
    giveUp();
  };
  const open = ([url, protocols]: readonly [string | URL, Protocols]): void => {
    if (over) return;
    const shown = redactUrl(url);
    events.onDial(shown);
    try {
      socket = makeSocket(url, protocols);
    } catch (error) {
      abandon();
      events.onBroken(
        setupError(
          `${shown}${protocols ? ` (${String(protocols)})` : ''}: ${asError(error).message.replace(String(url), shown)}`,
          error,
        ),
      );
      return;
    }
    const made = socket;
    made.binaryType = plan.binaryType;
    made.onopen = () => {
      if (over) return;
      opened = true;
      timer.stop();
      events.onOpen(shown, made.protocol);
    };
    made.onmessage = (event: MessageEvent<RawMessage>) => {
      if (!over) events.onMessage(event);
    };
    made.onclose = ({ code, reason, wasClean }: CloseEvent) => {
      end({ code, reason, wasClean });
    };
    // An error decides nothing, because a close follows; but a socket that a Content Security Policy blocks is
    // CLOSED from the start and never says so.
    const checkClosed = (): void => {
      if (made.readyState === CLOSED) timer.start(0, giveUp);
    };
    made.onerror = checkClosed;
    checkClosed();
  };
  const makeSocket = (url: string | URL, protocols: Protocols): WebSocket => {
    const { WebSocket: Socket = (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket } = plan;
    if (!Socket) throw new Error('there is no WebSocket here, give one as an option');
    // An empty URL would connect to the address of the page.
    if (!url) throw new Error('the URL is empty');
    return new Socket(url, protocols as string[]);
  };

  return {
    start() {
      const { url, protocols, attempt, lastClose, connectTimeout } = plan;
      const context = { attempt, lastClose, signal: controller.signal };
      let target: ReturnType<Extract<UrlSource, (...args: never) => unknown>> | undefined;
      timer.start(connectTimeout, giveUp);
      try {
        target = typeof url === 'function' ? url(context) : url;
        const offer = typeof protocols === 'function' ? protocols(context) : protocols;
        // A plain URL is dialled in the same tick.
        if (isPromise(target) || isPromise(offer)) Promise.all([target, offer]).then(open, reject);
        else open([target, offer]);
      } catch (error) {
        // The other one may be under way already, and nobody would hear it fail.
        Promise.resolve(target).catch(ignore);
        reject(error);
      }
    },
    isReady: () => opened && !over && socket?.readyState === OPEN,
    send: (data) => socket?.send(data),
    abandon,
    giveUp,
  };
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | undefined)?.then === 'function';
}
