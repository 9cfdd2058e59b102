import type { OwnMessage } from '../messages/contract.js';
import type { MessageData } from '../messages/frames.js';
import { runSafely } from '../platform/runSafely.js';
import { MAX_TIMEOUT_MS, monotonicNow, Timer } from '../platform/timer.js';
import { assertEach, assertInRange, assertType, isMissing, isObject } from '../platform/validation.js';

interface HeartbeatTimes {
  /**
   * Silence, in ms, after which the message is sent. Any incoming message ends a silence.
   * @default 25_000
   */
  readonly interval?: number | undefined;
  /**
   * How long to wait for any message after that, in ms, before the socket is abandoned and treated as a 1006. Choose
   * it longer than the slowest answer of the server: a shorter one abandons healthy sockets again and again.
   * @default 10_000
   */
  readonly timeout?: number | undefined;
  /**
   * Whether the message is sent every `interval` although messages come in.
   * @default false
   */
  readonly always?: boolean | undefined;
}

/** A heartbeat whose message goes through the contract. */
interface MessageHeartbeat<In, Out> extends HeartbeatTimes {
  /**
   * What to send after `interval` ms of silence; it goes through the contract. Without it nothing is sent, and a
   * silence of `interval + timeout` ends the socket: for servers that send heartbeats by themselves.
   */
  readonly message?: OwnMessage<Out> | undefined;
  /** Recognises a reply, which is then not delivered. */
  readonly isReply?: ((message: In) => boolean) | undefined;
  /**
   * With `true`, `message` is a frame as it stands and `isReply` gets the raw data, both outside the contract.
   * @default false
   */
  readonly raw?: false | undefined;
}

/** A heartbeat in frames of its own, such as a text `ping` beside JSON. */
interface RawHeartbeat extends HeartbeatTimes {
  readonly message?: MessageData | undefined;
  /**
   * A function `(data: RawMessage) => boolean`. Its parameter needs a type of its own: TypeScript would infer that of
   * the other kind of heartbeat.
   */
  readonly isReply?: object | undefined;
  readonly raw: true;
}

/** How to find out that the peer is gone although the socket says that it is open. */
export type HeartbeatOptions<In, Out> = MessageHeartbeat<In, Out> | RawHeartbeat;

/** The heartbeat with its defaults, checked. */
export interface HeartbeatRules {
  readonly message: unknown;
  readonly isReply: ((message: unknown) => boolean) | undefined;
  readonly raw: boolean;
  readonly always: boolean;
  readonly interval: number;
  readonly timeout: number;
}

/** Fills in the defaults; throws an error that names the option and the value. */
export function resolveHeartbeat<In, Out>(
  options: HeartbeatOptions<In, Out> | false | null | undefined,
): HeartbeatRules | null {
  if (isMissing(options) || options === false) return null;
  assertType('heartbeat', options, 'an object or false', isObject(options));
  const { message, isReply, raw = false, always = false, interval = 25_000, timeout = 10_000 } = options;
  assertInRange('heartbeat.interval', interval, 1, MAX_TIMEOUT_MS);
  assertInRange('heartbeat.timeout', timeout, 1, MAX_TIMEOUT_MS);
  assertEach('function', options, ['isReply'], 'heartbeat.');
  assertEach('boolean', options, ['raw', 'always'], 'heartbeat.');
  return { message, isReply: isReply as HeartbeatRules['isReply'], raw, always, interval, timeout };
}

/** Whether a message (or its raw data) is a reply to a heartbeat; an exception of the user's test is reported. */
export function isReply(rules: HeartbeatRules | null, message: unknown): boolean {
  return Boolean(rules?.isReply && runSafely(rules.isReply, message));
}

/** The longest that a probe after a wake-up waits, in ms: the user is looking at the page. */
const WAKE_TIMEOUT_MS = 5_000;

/** A timer that fires later than this, in ms, was held back by a throttled or sleeping page. */
const LATE_MS = 1_000;

/** What a heartbeat needs of its connection. */
export interface HeartbeatHost {
  /** The rules in force now. */
  readonly heartbeatRules: HeartbeatRules | null;
  /** Sends the message; returns `false` if it could not be made, which says nothing about the peer. */
  sendProbe(): boolean;
  /** The peer is gone. `hasHeard` says whether any message came in before. */
  onDead(hasHeard: boolean): void;
}

/**
 * Watches one open socket.
 *
 * Only timestamps count. A timer that was held back fires before the messages that arrived meanwhile are handled, so a
 * late deadline is postponed once instead of ending a healthy socket.
 */
export class Heartbeat {
  readonly #host: HeartbeatHost;
  /** The interval or the timeout, by the phase; cleared in `stop()` when the session ends. */
  readonly #timer = new Timer();
  #hasHeard = false;
  #heardAt = monotonicNow();
  #probedAt = this.#heardAt;
  /** The interval that a silence is counted by. */
  #countedInterval = 0;
  /** What the timer is for. */
  #phase: 'listening' | 'probing' | null = null;

  constructor(host: HeartbeatHost) {
    this.#host = host;
    this.#listen();
  }

  onReceived(): void {
    this.#hasHeard = true;
    this.#heardAt = monotonicNow();
    if (this.#phase !== 'listening') this.#listen();
  }

  /** Other options may be in force: with another interval, a silence counts from now on. */
  onOptionsChanged(): void {
    const isSame = this.#phase !== null && this.#host.heartbeatRules?.interval === this.#countedInterval;
    if (this.#phase === 'probing' || isSame) return;
    this.#heardAt = this.#probedAt = monotonicNow();
    this.#listen();
  }

  /** The page is back: probes at once, with a short deadline. */
  onWake(): void {
    const rules = this.#host.heartbeatRules;
    if (rules && this.#phase === 'listening') this.#probe(Math.min(rules.timeout, WAKE_TIMEOUT_MS));
  }

  stop(): void {
    this.#timer.clear();
    this.#phase = null;
  }

  /** Waits until the silence is as long as the rules allow, which may change meanwhile. */
  readonly #listen = (): void => {
    const rules = this.#host.heartbeatRules;
    this.#phase = rules && 'listening';
    if (!rules) return;
    this.#countedInterval = rules.interval;
    const since = rules.always ? this.#probedAt : this.#heardAt;
    const left = since + rules.interval - monotonicNow();
    if (left > 0) this.#timer.start(left, this.#listen);
    else this.#probe(rules.timeout);
  };

  #probe(timeout: number): void {
    this.#phase = 'probing';
    this.#probedAt = monotonicNow();
    this.#waitForAnswer(timeout, true);
    // A message that could not be made is never answered. Telling of that may have closed the connection.
    if (!this.#host.sendProbe() && this.#isProbing()) {
      this.#heardAt = monotonicNow();
      this.#listen();
    }
  }

  #isProbing(): boolean {
    return this.#phase === 'probing';
  }

  #waitForAnswer(timeout: number, mayBeLate: boolean): void {
    const dueAt = monotonicNow() + timeout;
    this.#timer.start(timeout, () => {
      if (!this.#host.heartbeatRules) this.#phase = null;
      else if (mayBeLate && monotonicNow() - dueAt > LATE_MS)
        this.#waitForAnswer(Math.min(timeout, LATE_MS), false);
      else this.#host.onDead(this.#hasHeard);
    });
  }
}
