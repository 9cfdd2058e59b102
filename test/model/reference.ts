/**
 * A connection once more, small and slow: the state table, the rules of the close codes and the delays as they
 * are described, without a socket, a timer or React. Time is told to it.
 */
import type { ConnectionStatus, DropReason } from '../../src/core/index.js';
import { type End, isBadAdvice, NO_OUTAGE, type Outage, rule } from './closeTable.js';
import { type Departed, Ledger, RETRYING } from './ledger.js';
import type { ModelError, TimerKind } from './world.js';

/** Where `retryAt` may lie; one of the windows, or what it was before. */
export interface Expectation {
  readonly windows: readonly (readonly [low: number, high: number])[];
  readonly orStay?: number;
  /** It was decided while a timer ran. */
  readonly isTicking: boolean;
}

/** How a user leaves for good. */
export interface Farewell extends Departed {
  readonly reason: () => DropReason;
  readonly onGone: () => void;
}

export class Reference extends Ledger {
  waitingFor: 'delay' | 'network' | 'handshake' | null = null;
  retryAt: number | null = null;
  /** Until the true value is known. */
  expected: Expectation | null = null;
  outage: Outage = NO_OUTAGE;
  lastClose: End | null = null;
  /** Nobody gets it from then on who does not have it. */
  hasFailedUnused = false;
  error: ModelError | null = null;
  #openedAt = 0;
  #isProbing = false;
  #wokenAt = -Infinity;
  #afterLinger: () => void = () => undefined;

  get isAlive(): boolean {
    return this.status === 'open' || RETRYING.includes(this.status);
  }

  get attempt(): number {
    return this.status === 'reconnecting' || this.status === 'failed' ? this.outage.attempt : 0;
  }

  retain(user: string, listens: boolean): void {
    this.users.set(user, listens);
    this.hasFailedUnused = false;
    this.#forget();
    this.timers.delete('linger');
    if (this.status !== 'idle') return;
    this.become('connecting', 'handshake');
    this.dial();
  }

  /**
   * Somebody leaves. The last one closes it when it has really gone, and still hears of its messages; who only
   * stood by does not put that off.
   */
  release(user: string, farewell?: Farewell): void {
    const hasUsed = this.users.delete(user);
    if (hasUsed) this.#forget();
    if (farewell && (this.users.size === 0 || farewell.standsBy())) this.#owe(farewell);
    if (this.users.size > 0) return;
    if (!hasUsed && this.timers.has('linger')) return;
    const isOver = this.status === 'idle' || this.status === 'failed';
    this.startTimer('linger', isOver ? 0 : this.getOptions().linger);
    this.#afterLinger = () => {
      const close = this.status === 'open' ? this.localEnd() : null;
      if (this.isAlive || this.status === 'closed') {
        this.stopWork();
        this.forget();
        if (close) this.tell('close', close);
      }
      this.handBack(farewell?.reason() ?? 'unmounted');
      this.#forget();
      farewell?.onGone();
    };
  }

  /** Somebody is there who does not use it. */
  standBy(who: Departed): void {
    this.#owe(who);
    if (this.status === 'idle') this.timers.delete('linger');
  }

  #forget(): void {
    this.departed = this.departed.filter(({ standsBy }) => standsBy());
  }

  #owe(who: Departed): void {
    this.departed = [...this.departed.filter(({ user }) => user !== who.user), who];
  }

  reconnect(): void {
    const { status } = this;
    if (this.users.size === 0) {
      if (status !== 'failed' && status !== 'closed') return;
      this.forget();
      return;
    }
    const close = status === 'open' ? this.localEnd() : null;
    this.stopWork();
    if (status === 'reconnecting') this.become('reconnecting', 'handshake');
    else {
      this.outage = NO_OUTAGE;
      this.error = null;
      this.become('connecting', 'handshake');
    }
    if (close) {
      this.lastClose = close;
      this.tell('close', close);
    }
    this.dial();
  }

  close(code = 1000, reason = ''): void {
    if (!this.isAlive && this.status !== 'idle') return;
    const close = this.localEnd(code, reason);
    this.stopWork();
    this.end('closed', close, null);
  }

  send(id: string, size: number): 'sent' | 'queued' | 'refused' {
    if (this.socket?.state === 'open') {
      this.transmit(id);
      return 'sent';
    }
    if (this.status === 'closed' || this.status === 'failed') return 'refused';
    return this.enqueue(id, size);
  }

  /** The socket has opened. */
  opened(): void {
    if (this.socket?.state !== 'connecting') return;
    this.socket.state = 'open';
    this.timers.delete('dial');
    this.#openedAt = this.now;
    this.become('open', null);
    this.heard();
    this.tell('open', String(this.outage.attempt));
    if (this.getOptions().greets) this.transmit('hello');
    this.flush();
  }

  /** Something has come in. */
  received(what: 'good' | 'rubbish' | 'pong', id: string): void {
    if (this.socket?.state !== 'open') return;
    const { contract, onViolation, heartbeat } = this.getOptions();
    this.heard();
    if (what === 'rubbish' && contract !== 'none') {
      if (onViolation === 'report') {
        this.tell('error', 'contract incoming');
        return;
      }
      const close = this.localEnd(4003, 'message breaks the contract');
      this.stopWork();
      this.calmDown();
      this.end('failed', close, { kind: 'contract', codes: [4003] });
    } else if (what !== 'pong' || !heartbeat) this.tell('message', id);
  }

  /** The socket has ended; without a code it is a 1006. */
  ended(code: number | undefined, reason = ''): void {
    if (!this.socket) return;
    const opened = this.socket.state !== 'connecting';
    this.decide({ code: code ?? 1006, reason, opened, local: false, at: this.now });
  }

  /** The socket says `error`, and nothing else if it is over already. */
  failedSilently(): void {
    if (!this.socket) return;
    this.socket.state = this.socket.state === 'connecting' ? 'connecting' : 'closing';
    this.socket.isLive = false;
    this.startTimer('dial', 0);
  }

  offline(): void {
    if (this.getOptions().pageAware && this.waitingFor === 'delay') {
      this.timers.delete('delay');
      this.become('reconnecting', 'network');
    }
  }

  /** The network or the page is back. */
  wake(): void {
    const { pageAware, heartbeat } = this.getOptions();
    if (this.world.isOffline || !this.isAlive || (!pageAware && this.waitingFor !== 'network')) return;
    this.#wokenAt = this.now;
    if (this.status === 'open' && heartbeat && !this.#isProbing)
      this.probe(Math.min(heartbeat.timeout, 5_000));
    if (this.waitingFor !== 'delay' && this.waitingFor !== 'network') return;
    const low = Math.max(this.now, this.outage.notBefore);
    const stay = this.retryAt;
    this.become('reconnecting', 'delay');
    const { isTicking } = this.world;
    this.expected = { isTicking, windows: [[low, low + 1_000]], ...(stay !== null && { orStay: stay }) };
  }

  /** The timer of this kind, which is due now. */
  fire(kind: TimerKind): void {
    this.timers.delete(kind);
    switch (kind) {
      case 'linger':
        this.#afterLinger();
        break;
      case 'delay':
        this.become('reconnecting', 'handshake');
        this.dial();
        break;
      case 'dial':
        this.ended(undefined);
        break;
      case 'heartbeat':
        if (this.#isProbing) this.ended(undefined);
        else this.probe(this.getOptions().heartbeat?.timeout ?? 0);
    }
  }

  /** Takes over the true time of the next dial, which has been found right. */
  adopt(retryAt: number | null): void {
    const { expected } = this;
    if (!expected || retryAt === null) return;
    this.expected = null;
    this.retryAt = retryAt;
    if (retryAt !== expected.orStay) this.startTimer('delay', retryAt - this.now, expected.isTicking);
  }

  private dial(): void {
    const { conduct } = this.world;
    this.startTimer('dial', this.getOptions().connectTimeout);
    if (conduct === 'bad url') {
      this.tell('error', 'Error');
      this.decide({ code: 1006, reason: '', opened: false, local: false, at: this.now });
      return;
    }
    if (conduct === 'throws') {
      this.stopWork();
      this.end('failed', null, { kind: 'setup', codes: [null] });
      return;
    }
    const isBlocked = conduct === 'blocked';
    this.socket = { owner: this, url: this.url, state: 'connecting', isLive: !isBlocked, wire: [] };
    this.world.sockets.push(this.socket);
    if (isBlocked) this.startTimer('dial', 0);
  }

  private decide(close: End): void {
    const { reconnect, pageAware } = this.getOptions();
    this.stopWork();
    if (close.opened) this.calmDown();
    if (isBadAdvice(this.outage, reconnect)) this.world.reports += 1;
    const ruling = rule(close, this.outage, reconnect);
    if (ruling.type === 'stop') {
      this.end('closed', close, null);
      return;
    }
    if (ruling.type === 'fail') {
      this.end('failed', close, { kind: ruling.kind, codes: ruling.codes });
      return;
    }
    this.outage = ruling.outage;
    this.lastClose = close;
    if (pageAware && this.world.isOffline) this.become('reconnecting', 'network');
    else {
      this.become('reconnecting', 'delay');
      const windows: [number, number][] = [[this.now + ruling.low, this.now + ruling.high]];
      // What a wake-up has brought to light belongs to it.
      const low = Math.max(this.now, this.outage.notBefore);
      if (pageAware && this.now - this.#wokenAt < 5_000) windows.push([low, low + 1_000]);
      this.expected = { windows, isTicking: this.world.isTicking };
    }
    this.tell('close', close);
  }

  /** A socket that was open long enough ends the outage before it. */
  private calmDown(): void {
    const { stableAfter = 5_000 } = this.getOptions().reconnect || {};
    if (this.now - this.#openedAt >= stableAfter) this.outage = NO_OUTAGE;
  }

  private end(status: 'closed' | 'failed', close: End | null, error: ModelError | null): void {
    this.lastClose = close ?? this.lastClose;
    this.error = error;
    this.become(status, null);
    if (status === 'closed') this.outage = NO_OUTAGE;
    if (close) this.tell('close', close);
    if (error) this.tell('error', error.kind + (error.codes[0] === 4003 && close?.local ? ' incoming' : ''));
    this.handBack(status);
    this.hasFailedUnused = status === 'failed' && this.users.size === 0;
  }

  private become(status: ConnectionStatus, waitingFor: Reference['waitingFor']): void {
    Object.assign(this, { status, waitingFor, retryAt: null, expected: null });
  }

  private forget(): void {
    this.lastClose = this.error = null;
    this.outage = NO_OUTAGE;
    this.become('idle', null);
  }

  /** Lets go of the socket and of every wait. */
  private stopWork(): void {
    if (this.socket) Object.assign(this.socket, { state: 'over', isLive: false });
    this.socket = null;
    this.#isProbing = false;
    for (const kind of ['delay', 'dial', 'heartbeat'] as const) this.timers.delete(kind);
  }

  private heard(): void {
    const { heartbeat } = this.getOptions();
    this.#isProbing = false;
    if (heartbeat) this.startTimer('heartbeat', heartbeat.interval);
  }

  private probe(timeout: number): void {
    this.#isProbing = true;
    this.startTimer('heartbeat', timeout);
    if (this.socket?.state === 'open') this.transmit('ping');
  }

  private localEnd(code = 1000, reason = ''): End {
    return { code, reason, opened: this.status === 'open', local: true, at: this.now };
  }
}
