import { type CloseInfo, createCloseInfo } from './closeInfo.js';
import type { ConnectionState } from './connectionState.js';
import { warnOfSuspect } from './devWarnings.js';
import { closeError, type WebSocketError } from './errors.js';
import { closeOf, type Decision, INITIAL, type Machine, type MachineEvent, transition } from './machine.js';
import { Messaging, type MessagingHost } from './messaging.js';
import type { Observers } from './observers.js';
import type { ConnectionConfig } from './options.js';
import {
  addPageListener,
  isOffline,
  type PageEvent,
  type PageListener,
  removePageListener,
} from './platform/pageEvents.js';
import { drawFrom } from './platform/random.js';
import { callEach } from './platform/runSafely.js';
import { monotonicNow, Timer } from './platform/timer.js';
import { decideClose } from './reconnect/decideClose.js';
import { defaultRuleOf } from './reconnect/defaultRules.js';
import { ReconnectBrake } from './reconnect/reconnectBrake.js';
import { Session, type SessionHost } from './session.js';
import { isLocalAddress } from './socket/localAddress.js';

/** A close within this time after the page has resumed, in ms, is one of its suspension: Safari reports it late. */
const RESUME_GRACE_MS = 5_000;

/** A transition that listeners have to be notified of. */
interface Notification {
  readonly before: Machine;
  readonly next: Machine;
  readonly event: MachineEvent;
  readonly dials: boolean;
}

/**
 * The only place that acts: it decides what a close leads to, feeds events to the state machine, performs the effects
 * (dials, and the timer of the delay between dials) and notifies. Options are read anew for every decision.
 */
export class Lifecycle<In, Out> implements SessionHost, MessagingHost<In, Out>, PageListener {
  readonly messaging: Messaging<In, Out>;
  readonly #observers: Observers<In, Out>;
  /** The connection; it is told when it has failed while nothing uses it. */
  readonly #owner: { onFailedUnused(): void };
  #machine: Machine = INITIAL;
  /** The present dial, with its socket. */
  session: Session<In, Out> | null = null;
  #delayTimer: Timer | null = null;
  /** Notifications raised while others run are queued, so that listeners see transitions in order. */
  #notifications: Notification[] | null = null;
  /** When the page was resumed last, by the monotonic clock. */
  #resumedAt = -Infinity;
  /** The URL that was dialled last, redacted. */
  #shownUrl = '';
  isReleased = false;
  /** A `reconnect()` that was slowed down; any other dial takes its place. Made with the first `reconnect()`. */
  brake: ReconnectBrake | null = null;
  /** The listeners of `subscribe`. */
  stateListeners: Set<() => void> | null = null;

  constructor(observers: Observers<In, Out>, owner: { onFailedUnused(): void }) {
    this.#observers = observers;
    this.#owner = owner;
    this.messaging = new Messaging(this, observers);
  }

  get state(): ConnectionState {
    return this.#machine.snapshot;
  }
  get config(): ConnectionConfig<In, Out> {
    return this.#observers.config;
  }

  /** The one writer: next state, then effects, then notifications, and a dial after those. */
  dispatch(event: MachineEvent): void {
    const before = this.#machine;
    const [next, effects] = transition(before, event);
    if (next === before) return;
    this.#machine = next;
    const isNested = this.#notifications !== null;
    const notifications = (this.#notifications ??= []);
    notifications.push({ before, next, event, dials: effects.includes('dial') });
    try {
      if (effects.includes('abandon')) this.#abandon(closeOf(event));
      // Aborting a dial runs the user's signal listeners, which may have called close() or reconnect().
      if (this.#isAt(next)) this.#followState(effects.includes('wait'));
      if (!isNested) for (const notification of notifications) this.#notify(notification);
    } finally {
      if (!isNested) this.#notifications = null;
    }
  }

  /** The close of this side: an end, or the replacement of an open socket. */
  localClose(code = 1000, reason = ''): CloseInfo {
    return createCloseInfo({ code, reason, opened: this.state.status === 'open', local: true });
  }

  /** The same, if a socket is open. */
  localCloseIfOpen(): CloseInfo | null {
    return this.state.status === 'open' ? this.localClose() : null;
  }

  /** An outage is over once a socket was open for long enough. */
  settleOutage(): void {
    if (this.session?.isStable(this.config.reconnect.stableAfter)) this.dispatch({ type: 'stable' });
  }

  /** Other options may be in force. */
  optionsChanged(): void {
    this.session?.onOptionsChanged();
    this.#watchPage();
  }

  // What a session reports.

  onDial(shownUrl: string): void {
    this.#shownUrl = shownUrl;
    this.messaging.emit({ type: 'dial', attempt: this.state.attempt, url: shownUrl });
  }

  onBroken(error: WebSocketError): void {
    (this.brake ??= new ReconnectBrake()).hold();
    this.dispatch({ type: 'broken', error });
  }

  onSessionEnd(ended: CloseInfo, hasSlept = false): void {
    this.settleOutage();
    const before = this.#machine;
    const close = this.#withSuspect(ended);
    this.#abandon(null);
    // The user's signal listeners or decide may have called close() or reconnect().
    const decision = this.#isAt(before) && this.#decide(close, hasSlept);
    if (!decision || !this.#isAt(before)) return;
    this.dispatch({ type: 'closed', close, decision });
    const isAfterResume = close.opened && monotonicNow() - this.#resumedAt < RESUME_GRACE_MS;
    if (isAfterResume && this.config.pageAware && !this.#mustWaitForNetwork()) this.#wake();
  }

  #notify({ before, next, event, dials }: Notification): void {
    const { status, error, cause, attempt, retryAt } = next.snapshot;
    if (next.snapshot !== before.snapshot) {
      callEach(this.stateListeners);
      this.#observers.notifyOfState();
    }
    const close = closeOf(event);
    if (close) {
      this.messaging.emit({ type: 'close', close });
      this.#observers.call('onClose', close);
    }
    // A listener may have moved the connection on; the rest does not apply then.
    if (this.#isAt(next) && error) {
      this.messaging.emit({ type: 'fail', error });
      this.#observers.call('onError', error);
    } else if (this.#isAt(next) && cause && event.type === 'closed') {
      this.messaging.emit({ type: 'retry', attempt, retryAt, cause, suspect: event.close.suspect });
    }
    if (!this.#isAt(next)) return;
    if (status === 'failed' || status === 'closed') this.messaging.onEnd(status);
    if (status === 'failed' && this.#observers.isEmpty) this.#owner.onFailedUnused();
    if (dials) this.#startDial();
  }

  #isAt(machine: Machine): boolean {
    return this.#machine === machine;
  }

  #startDial(): void {
    this.brake?.cancel();
    const { snapshot, lastClose } = this.#machine;
    this.session = new Session(this, this.messaging);
    this.session.start({ attempt: snapshot.attempt, lastClose });
  }

  /** What the new state needs while it lasts: the delay, the age of queued messages, the events of the page. */
  #followState(waits: boolean): void {
    if (waits) this.#startDelay();
    this.messaging.onStateChanged();
    this.#watchPage();
  }

  /** Listens to the page while the connection is active and pays attention to it. */
  #watchPage(): void {
    const { waitingFor, status } = this.state;
    const isActive = waitingFor !== null || status === 'open';
    if (isActive && (this.config.pageAware || waitingFor === 'network')) addPageListener(this);
    else removePageListener(this);
  }

  /** Dials at `retryAt`. */
  #startDelay(): void {
    const delay = Number(this.state.retryAt) - Date.now();
    (this.#delayTimer ??= new Timer()).start(delay, () => this.dispatch({ type: 'due' }));
  }

  /** Drops what is under way. */
  #abandon(close: CloseInfo | null): void {
    const { session } = this;
    this.session = null;
    this.#delayTimer?.clear();
    this.messaging.onSocketGone();
    // Last, because it runs the user's signal listeners.
    session?.abandon(close);
  }

  /** Decides what a close leads to. It runs before the transition, because it calls the user's rules. */
  #decide(close: CloseInfo, hasSlept: boolean): Decision {
    const { reconnect: rules, random } = this.config;
    const { outage } = this.#machine;
    const decision = decideClose({ close, outage, rules, random });
    if (decision.type === 'stop') return decision;
    if (decision.type === 'fail') {
      const { kind } = decision;
      const context = { attempts: outage.attempt, url: this.#shownUrl, traffic: this.messaging.traffic };
      return { type: 'fail', error: closeError(kind, decision.close, context) };
    }
    const retryAt = this.#mustWaitForNetwork() ? null : close.at + decision.delay;
    // A socket that was lost while the page slept was lost some time ago, so `minDelay` has passed.
    const next = hasSlept ? { ...decision.outage, notBefore: 0 } : decision.outage;
    return { type: 'reconnect', outage: next, retryAt };
  }

  /** The close with the frame that seems to be its cause, if there is one. */
  #withSuspect(close: CloseInfo): CloseInfo {
    if (!close.opened || defaultRuleOf(close.code, false).kind === 'contract') return close;
    const suspect = this.messaging.traffic.suspectAfterClose(close.at);
    if (!suspect) return close;
    warnOfSuspect(suspect, this.#shownUrl);
    return createCloseInfo({ ...close, suspect });
  }

  onPageEvent(event: PageEvent): void {
    const { waitingFor, status } = this.state;
    if (event === 'offline') {
      if (this.#mustWaitForNetwork()) this.dispatch({ type: 'offline' });
      return;
    }
    if (!this.config.pageAware && waitingFor !== 'network') return;
    this.#resumedAt = monotonicNow();
    if (event === 'wake') {
      this.session?.onWake();
      this.#wake();
    } else if (status === 'open' && this.session?.survivesSleep() === false) {
      this.onSessionEnd(createCloseInfo({ opened: true }), true);
    }
  }

  #wake(): void {
    this.dispatch({ type: 'wake', now: Date.now(), draw: drawFrom(this.config.random) });
    // The timer of a delay stands still while the machine sleeps.
    if (this.state.waitingFor === 'delay') this.#startDelay();
  }

  /** Whether there is no network to dial in. An address of this machine needs none. */
  #mustWaitForNetwork(): boolean {
    return this.config.pageAware && isOffline() && !isLocalAddress(this.#shownUrl);
  }
}
