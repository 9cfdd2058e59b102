import { type CloseInfo, createCloseInfo } from './closeCodes.js';
import { asError, redactUrl, setupError, type WebSocketError } from './errors.js';
import type { RawMessage } from './frames.js';
import { attempt } from './listeners.js';
import type { DialContext, Protocols, ProtocolsSource, UrlSource, WebSocketConstructor } from './options.js';
import { createTimer } from './timer.js';

/** What is needed to open one socket. */
export interface DialPlan extends Omit<DialContext, 'signal'> {
  readonly url: UrlSource;
  readonly protocols?: ProtocolsSource;
  readonly binaryType?: BinaryType | undefined;
  readonly connectTimeout: number;
  readonly WebSocket?: WebSocketConstructor | undefined;
}

/** What becomes of a dial. After `onClose` or `onBroken`, or once it is abandoned, nothing follows. */
export interface DialEvents {
  /** The URL is known (it comes without query and credentials); the socket is about to be made. */
  readonly onDial: (url: string) => void;
  readonly onOpen: (socket: WebSocket, url: string) => void;
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
  /** Lets go of it: listeners off, closed without waiting for the peer, nothing follows. */
  readonly abandon: (code?: number, reason?: string) => void;
}

/** The values of `readyState`: in WHATWG they are constants of the class, but not every class has them. */
export const OPEN = 1;
const CLOSED = 3;

/** Stays on a socket that is let go, because the sockets of `ws` throw an error that nobody listens to. */
const ignore = (): void => undefined;

/** Creates a dial that has not begun. */
export function createDial(plan: DialPlan, events: DialEvents): Dial {
  const timer = createTimer();
  const controller = new AbortController();
  let socket: WebSocket | undefined;
  let opened = false;
  let isOver = false;
  /** Looked at again wherever others were called in between. */
  const isWanted = (): boolean => !isOver;

  const abandon = (code?: number, reason?: string): void => {
    isOver = true;
    timer();
    controller.abort();
    const made = socket;
    if (!made) return;
    made.onopen = made.onmessage = made.onclose = null;
    made.onerror = ignore;
    if (made.readyState <= OPEN)
      attempt(() => {
        made.close(code, reason);
      });
  };
  const end = (known?: Partial<CloseInfo>): void => {
    if (!isWanted()) return;
    abandon();
    events.onClose(createCloseInfo({ ...known, opened }));
  };
  const reject = (error: unknown): void => {
    if (isWanted()) events.onRejected(asError(error));
    end();
  };
  const open = (given: readonly unknown[]): void => {
    const [url, protocols] = given as readonly [string | URL, Protocols | null];
    if (!isWanted()) return;
    const shown = redactUrl(url);
    const Socket = plan.WebSocket ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket;
    events.onDial(shown);
    if (!isWanted()) return;
    try {
      if (!Socket) throw new Error('there is no WebSocket here: give one as an option');
      // An empty URL would connect to the address of the page.
      if (!url) throw new Error('the URL is empty');
      socket = new Socket(url, (protocols as string[] | null) ?? undefined);
    } catch (error) {
      abandon();
      const problem = asError(error).message.replace(String(url), shown);
      events.onBroken(setupError(`${shown}${protocols ? ` (${String(protocols)})` : ''}: ${problem}`, error));
      return;
    }
    const made = socket;
    // An error decides nothing, because a close follows; but a socket that a Content Security Policy blocks is
    // CLOSED from the start and never says so.
    const checkClosed = (): void => {
      if (made.readyState === CLOSED) timer(0, end);
    };
    made.binaryType = plan.binaryType ?? 'arraybuffer';
    made.onopen = () => {
      if (!isWanted()) return;
      opened = true;
      timer();
      events.onOpen(made, shown);
    };
    made.onmessage = (event: MessageEvent<RawMessage>) => {
      if (isWanted()) events.onMessage(event);
    };
    made.onclose = ({ code, reason, wasClean }: CloseEvent) => {
      end({ code, reason, wasClean });
    };
    made.onerror = checkClosed;
    checkClosed();
  };

  return {
    abandon,
    start() {
      const { url, protocols, attempt, lastClose, connectTimeout } = plan;
      const context: DialContext = { attempt, lastClose, signal: controller.signal };
      const given: unknown[] = [];
      timer(connectTimeout, end);
      try {
        for (const source of [url, protocols])
          given.push(typeof source === 'function' ? source(context) : source);
        // A plain URL is dialled in the same tick.
        if (given.some((value) => (value as Partial<Promise<unknown>> | null)?.then))
          Promise.all(given).then(open, reject);
        else open(given);
      } catch (error) {
        // The URL may be under way already, and nobody would hear it fail.
        void Promise.allSettled(given);
        reject(error);
      }
    },
  };
}
