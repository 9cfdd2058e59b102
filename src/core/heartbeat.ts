import type { OwnMessage } from './contract.js';
import { LONGEST, within } from './defaults.js';
import { createTimer } from './timer.js';

/** How to find out that a peer is gone without a word. */
export interface HeartbeatOptions<In, Out> {
  /** What to send after `interval` ms of silence; goes through the contract. */
  readonly message: OwnMessage<Out>;
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
export type HeartbeatRules<In, Out> = HeartbeatOptions<In, Out> & HeartbeatTimes;

/** How long a silence may be, and how long an answer may take, in ms. */
interface HeartbeatTimes {
  readonly interval: number;
  readonly timeout: number;
}

/** Fills in the defaults; throws a `RangeError` that names the option and the value. */
export function resolveHeartbeat<In, Out>(
  options: HeartbeatOptions<In, Out> | false | null | undefined,
): HeartbeatRules<In, Out> | null {
  if (!options) return null;
  const { message, interval = 25_000, timeout = 10_000, isReply } = options;
  within('heartbeat.interval', interval, 1, LONGEST);
  within('heartbeat.timeout', timeout, 1, LONGEST);
  return { message, interval, timeout, isReply };
}

/** How long a probe after a wake-up waits at the most, in ms: the user is looking at the page. */
const WAKE_TIMEOUT = 5_000;

/** A timer that fires later than this, in ms, was held back by a throttled or sleeping page. */
const LATE = 1_000;

/** Watches over one open socket at a time. */
export interface Heartbeat {
  readonly stop: () => void;
  /** A message has come in, or the socket has opened. */
  readonly heard: () => void;
  /** Other rules may be in force while a socket is open: they count from now on. */
  readonly review: () => void;
  /** The page is back: probes at once, with a short deadline. */
  readonly wake: () => void;
}

/**
 * Creates a heartbeat that is at rest. `onProbe` says `false` where the message could not be made.
 *
 * Only timestamps count. A timer that was held back fires before the messages that piled up meanwhile are
 * handled, so a late deadline is put off once instead of killing a healthy socket.
 */
export function createHeartbeat(
  getRules: () => HeartbeatTimes | null,
  onProbe: () => boolean,
  onDead: () => void,
): Heartbeat {
  const timer = createTimer();
  let heardAt = 0;
  /** What the timer is for. */
  let phase: 'listening' | 'probing' | null = null;
  /** The interval that it counts by while it listens. */
  let counted = 0;

  /** Waits until the silence is as long as the rules, which may change meanwhile, allow. */
  const listen = (): void => {
    const rules = getRules();
    phase = rules && 'listening';
    if (!rules) return;
    counted = rules.interval;
    // The clock may have been put back.
    heardAt = Math.min(heardAt, Date.now());
    const left = heardAt + counted - Date.now();
    if (left > 0) timer(left, listen);
    else probe(rules.timeout);
  };
  const probe = (timeout: number): void => {
    phase = 'probing';
    expect(timeout, true);
    // What was never made is never answered: that says nothing about the peer.
    if (!onProbe()) heard();
  };
  const expect = (timeout: number, mayBeLate: boolean): void => {
    const dueAt = Date.now() + timeout;
    timer(timeout, () => {
      if (!getRules()) phase = null;
      else if (mayBeLate && Date.now() - dueAt > LATE) expect(Math.min(timeout, LATE), false);
      else onDead();
    });
  };
  const heard = (): void => {
    heardAt = Date.now();
    if (phase !== 'listening') listen();
  };

  return {
    heard,
    stop() {
      timer();
      phase = null;
    },
    review() {
      if (phase !== 'probing' && !(phase && getRules()?.interval === counted)) listen();
    },
    wake() {
      const rules = getRules();
      if (rules && phase === 'listening') probe(Math.min(rules.timeout, WAKE_TIMEOUT));
    },
  };
}
