import { within } from './bounds.js';
import { createTimer } from './timer.js';

/** How to find out that a peer is gone without a word. */
export interface HeartbeatOptions<In, Out> {
  /** What to send after `interval` ms of silence; goes through the contract. */
  readonly message: Out;
  /**
   * Silence, in ms, after which the message is sent. Any incoming message ends a silence.
   * @default 25_000
   */
  readonly interval?: number | undefined;
  /**
   * How long to wait for any message after that, in ms, before the socket is abandoned and treated as a 1006.
   * @default 10_000
   */
  readonly timeout?: number | undefined;
  /** Recognises a reply, which is then not delivered. */
  readonly isReply?: ((message: In) => boolean) | undefined;
}

/** The heartbeat with its defaults, checked. */
export interface HeartbeatRules<In, Out> {
  readonly message: Out;
  readonly interval: number;
  readonly timeout: number;
  readonly isReply: ((message: In) => boolean) | undefined;
}

/** Fills in the defaults; throws a `RangeError` that names the option and the value. */
export function resolveHeartbeat<In, Out>(
  options: HeartbeatOptions<In, Out> | false | undefined,
): HeartbeatRules<In, Out> | null {
  if (!options) return null;
  return {
    message: options.message,
    isReply: options.isReply,
    interval: within('heartbeat.interval', options.interval ?? 25_000, 1),
    timeout: within('heartbeat.timeout', options.timeout ?? 10_000, 1),
  };
}

/** How long a probe after a wake-up waits at the most, in ms: the user is looking at the page. */
const WAKE_TIMEOUT = 5_000;

/** A timer that fires later than this, in ms, was held back by a throttled or sleeping page. */
const LATE = 1_000;

/** Watches over one open socket at a time. */
export interface Heartbeat {
  start(): void;
  stop(): void;
  /** A message has come in. */
  heard(): void;
  /** The page is back: probes at once, with a short deadline. */
  wake(): void;
}

/**
 * Creates a heartbeat that is not started.
 *
 * Only timestamps count. A timer that was held back fires before the messages that piled up meanwhile are
 * handled, so a late deadline is put off once instead of killing a healthy socket.
 */
export function createHeartbeat<Rules extends { readonly interval: number; readonly timeout: number }>(
  getRules: () => Rules | null,
  { onProbe, onDead }: { readonly onProbe: (rules: Rules) => void; readonly onDead: () => void },
): Heartbeat {
  const timer = createTimer();
  let running = false;
  let heardAt = 0;
  /** When a probe was sent that nothing has answered yet. */
  let probedAt: number | null = null;

  const stop = (): void => {
    running = false;
    timer.stop();
  };
  const listen = (): void => {
    const rules = getRules();
    probedAt = null;
    if (!rules) return;
    timer.start(heardAt + rules.interval - Date.now(), () => {
      // Something was heard meanwhile: the silence begins there.
      if (Date.now() - heardAt < rules.interval) listen();
      else probe(rules, rules.timeout);
    });
  };
  const probe = (rules: Rules, timeout: number): void => {
    const now = Date.now();
    probedAt = now;
    expectReply(timeout, now + timeout, false);
    onProbe(rules);
  };
  const expectReply = (ms: number, dueAt: number, spared: boolean): void => {
    timer.start(ms, () => {
      const now = Date.now();
      if (probedAt === null) listen();
      else if (!spared && now - dueAt > LATE) expectReply(Math.min(ms, LATE), now, true);
      else onDead();
    });
  };

  return {
    start() {
      running = true;
      heardAt = Date.now();
      listen();
    },
    stop,
    heard() {
      heardAt = Date.now();
      probedAt = null;
    },
    wake() {
      const rules = getRules();
      if (running && rules && probedAt === null) probe(rules, Math.min(rules.timeout, WAKE_TIMEOUT));
    },
  };
}
