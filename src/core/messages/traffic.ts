import type { FrameInfo, FrameKind, SentFrame } from './frames.js';

/** A close within this time after a frame was sent may be the answer to that frame, in ms. */
const SUSPICION_MS = 1_000;

/** After this many connections in a row that ended so, the frame is named. */
const SUSPICIOUS_CONNECTIONS = 3;

/** What went over the sockets of a connection, as far as the diagnosis of a close needs it. */
export class Traffic {
  /** The newest frame that any socket of this connection sent. */
  lastSent: SentFrame | null = null;
  /** The newest frame of each kind that was sent since the last message came in. */
  #unanswered: Partial<Record<FrameKind, SentFrame>> | null = null;
  /** The frame that preceded the last closes, and how many connections in a row it preceded. */
  #suspect: SentFrame | null = null;
  #suspectedConnections = 0;
  #hasDeliveredBefore = false;
  #hasDelivered = false;
  /** Whether this connection has been open: a socket alone does not count while the option `ready` waits for a login. */
  wasEverOpen = false;

  /** The newest frame of the kind that {@link lastSent} is not, if both kinds wait for an answer. */
  get lastSentOfOtherKind(): SentFrame | null {
    if (!this.lastSent) return null;
    return this.#unanswered?.[this.lastSent.kind === 'text' ? 'binary' : 'text'] ?? null;
  }

  /** Whether a contract failure now would come before the first message after a reopen that followed messages. */
  get isOutdated(): boolean {
    return this.#hasDeliveredBefore && !this.#hasDelivered;
  }

  /** A socket has opened. */
  onSocketOpen(): void {
    this.#hasDeliveredBefore ||= this.#hasDelivered;
    this.#hasDelivered = false;
    this.#unanswered = null;
  }

  onSent({ kind, type, size }: FrameInfo): void {
    this.lastSent = { kind, type, size, at: Date.now() };
    (this.#unanswered ??= {})[kind] = this.lastSent;
  }

  onReceived(): void {
    this.#unanswered = null;
  }

  onDelivered(): void {
    this.#hasDelivered = true;
  }

  /**
   * A socket that was open has ended without a code that names a contract; returns the frame that seems to end the
   * connection every time, or `null`.
   */
  suspectAfterClose(at: number): SentFrame | null {
    const last = this.#unanswered && this.lastSent;
    const isSuspicious = last !== null && at - last.at <= SUSPICION_MS;
    const isSame = isSuspicious && last.kind === this.#suspect?.kind && last.type === this.#suspect.type;
    this.#suspectedConnections = isSuspicious ? (isSame ? this.#suspectedConnections + 1 : 1) : 0;
    this.#suspect = isSuspicious ? last : null;
    return this.#suspectedConnections >= SUSPICIOUS_CONNECTIONS ? this.#suspect : null;
  }
}
