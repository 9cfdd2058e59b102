import { type CloseInfo, createCloseInfo } from './closeCodes.js';
import type { MessageData } from './frames.js';
import { redact, setupError, type WebSocketError } from './errors.js';
import type { DialContext, ProtocolsSource, UrlSource, WebSocketConstructor } from './options.js';
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
  readonly onMessage: (event: MessageEvent) => void;
  /** The socket ended, or was refused. */
  readonly onClose: (close: CloseInfo) => void;
  /** The URL or protocols function threw or rejected; `onClose` follows. */
  readonly onRejected: (error: unknown) => void;
  /** No socket can be made of this. */
  readonly onBroken: (error: WebSocketError) => void;
}

/** One attempt to open a socket, and that socket's life: used once. */
export interface Dial {
  start(): void;
  /** Whether the socket takes frames at this moment. */
  isReady(): boolean;
  send(data: MessageData): void;
  /** Lets go of it: listeners off, closed without waiting for the peer, nothing follows. */
  abandon(code?: number, reason?: string): void;
  /** The same, told as a 1006: the peer does not answer. */
  giveUp(): void;
}

/** Stays on a socket that is let go, because the sockets of `ws` throw an error that nobody listens to. */
const ignore = (): void => undefined;

/** Creates a dial that has not begun. */
export function createDial(plan: DialPlan, events: DialEvents): Dial {
  const timer = createTimer();
  const controller = new AbortController();
  let socket: WebSocket | null = null;
  let opened = false;
  let over = false;

  /** Ends this dial: late events of its socket find nobody. */
  const detach = (): void => {
    over = true;
    timer.stop();
    if (!opened) controller.abort();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.onerror = ignore;
  };
  const abandon = (code?: number, reason?: string): void => {
    if (over) return;
    detach();
    if (socket && socket.readyState < CLOSING) socket.close(code, reason);
  };
  const giveUp = (): void => {
    if (over) return;
    abandon();
    events.onClose(createCloseInfo({ opened }));
  };

  const open = (url: string | URL, protocols: Offer): void => {
    const shown = redact(String(url));
    events.onDial(shown);
    const made = makeSocket(url, protocols, plan.WebSocket);
    if (made instanceof Error) {
      detach();
      events.onBroken(made);
      return;
    }
    socket = made;
    socket.binaryType = plan.binaryType;
    socket.onopen = () => {
      opened = true;
      timer.stop();
      events.onOpen(shown, made.protocol);
    };
    socket.onmessage = events.onMessage;
    socket.onclose = ({ code, reason, wasClean }: Partial<CloseEvent>) => {
      detach();
      events.onClose(createCloseInfo({ code, reason, wasClean, opened }));
    };
    // An error schedules nothing, because a close follows; but a socket that a Content Security Policy blocks
    // is CLOSED from the start and never says so.
    socket.onerror = () => {
      if (made.readyState === CLOSED) timer.start(0, giveUp);
    };
    if (socket.readyState === CLOSED) timer.start(0, giveUp);
  };

  return {
    start() {
      timer.start(plan.connectTimeout, giveUp);
      const { attempt, lastClose } = plan;
      resolveTarget(
        plan,
        { attempt, lastClose, signal: controller.signal },
        {
          onResolved(url, protocols) {
            if (!over) open(url, protocols);
          },
          onRejected(error) {
            if (over) return;
            events.onRejected(error);
            giveUp();
          },
        },
      );
    },
    isReady: () => opened && !over && socket?.readyState === OPEN,
    send: (data) => socket?.send(data),
    abandon,
    giveUp,
  };
}

/** The values of `readyState`: in WHATWG they are constants of the class, but not every class has them. */
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

type Offer = string | readonly string[] | undefined;

/**
 * Finds out where to connect and what to offer: at once where neither has to be waited for, so that a plain
 * URL is dialled in the same tick.
 */
function resolveTarget(
  { url, protocols }: DialPlan,
  context: DialContext,
  {
    onResolved,
    onRejected,
  }: { onResolved: (url: string | URL, protocols: Offer) => void; onRejected: (error: unknown) => void },
): void {
  let target, offer;
  try {
    target = typeof url === 'function' ? url(context) : url;
    offer = typeof protocols === 'function' ? protocols(context) : protocols;
  } catch (error) {
    onRejected(error);
    return;
  }
  if (!isPromise(target) && !isPromise(offer)) {
    onResolved(target, offer);
    return;
  }
  Promise.all([target, offer]).then(([to, offered]) => {
    onResolved(to, offered);
  }, onRejected);
}

/** Constructs a socket, or returns the `setup` error that says why none could be. */
function makeSocket(
  url: string | URL,
  protocols: Offer,
  Given: WebSocketConstructor | undefined,
): WebSocket | WebSocketError {
  const Socket = Given ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket;
  if (!Socket) {
    return setupError(
      'this platform has no WebSocket.',
      'Pass a class as the option WebSocket, such as that of the package ws.',
    );
  }
  // An empty URL would connect to the address of the page.
  if (!url) return setupError(`the URL is ${String(url) || 'empty'}.`, 'Give a ws: or wss: URL.');
  try {
    return protocols === undefined
      ? new Socket(url)
      : new Socket(url, typeof protocols === 'string' ? protocols : [...protocols]);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return setupError(
      `${redact(String(url))}${protocols === undefined ? '' : ` with the subprotocols '${String(protocols)}'`} was refused: ${said}`,
      'Check the URL (ws: or wss:, and wss: from an https page) and the names of the subprotocols.',
      error,
    );
  }
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}
