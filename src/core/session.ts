import { type CloseInfo, createCloseInfo } from './closeInfo.js';
import type { ConnectionHost } from './connectionHost.js';
import type { WebSocketError } from './errors.js';
import type { OpenInfo } from './events.js';
import type { MessageData, RawMessage } from './messages/frames.js';
import { monotonicNow } from './platform/timer.js';
import { Dial, type DialContext, type DialEvents } from './socket/dial.js';
import { Heartbeat, type HeartbeatHost, type HeartbeatRules } from './socket/heartbeat.js';

/** What a session reports to the lifecycle of its connection. */
export interface SessionHost {
  onDial(shownUrl: string): void;
  /** The socket ended or was refused. */
  onSessionEnd(close: CloseInfo): void;
  /** No socket can be made. */
  onBroken(error: WebSocketError): void;
}

/** What a session reports to the messages of its connection. */
export interface SessionMessages<In, Out> extends ConnectionHost<In, Out> {
  /** The socket has opened; it counts as open once {@link Session.confirmOpen} is called. */
  onSocketOpen(session: Session<In, Out>, info: Omit<OpenInfo, 'attempt'>): void;
  onFrame(session: Session<In, Out>, event: MessageEvent<RawMessage>): void;
  /** Sends the message of the heartbeat; returns `false` if it could not be made. */
  sendProbe(): boolean;
}

/** One dial, its socket and the heartbeat of that socket: used once. */
export class Session<In, Out> implements DialEvents, HeartbeatHost {
  readonly #host: SessionHost;
  readonly #messages: SessionMessages<In, Out>;
  readonly #dial: Dial;
  #heartbeat: Heartbeat | null = null;
  /** When the connection became open, by the monotonic clock. */
  #openedAt: number | null = null;
  #isSilenced = false;
  /** The heartbeat gave the socket up without having received anything. */
  #isUnproven = false;

  constructor(host: SessionHost, messages: SessionMessages<In, Out>) {
    this.#host = host;
    this.#messages = messages;
    this.#dial = new Dial(messages.config, this);
  }

  start(context: Omit<DialContext, 'signal'>): void {
    this.#dial.start(context);
  }

  /** Whether the socket takes messages. */
  get canTransmit(): boolean {
    return this.#dial.isOpen;
  }

  get heartbeatRules(): HeartbeatRules | null {
    return this.#messages.config.heartbeat;
  }

  /** Whether the connection has been open for so long that an outage is over, by elapsed time and not by the clock. */
  isStable(stableAfter: number): boolean {
    // Where a heartbeat never heard anything, it may be shorter than the slowest answer of the server.
    if (this.#openedAt === null || this.#isUnproven) return false;
    return monotonicNow() - this.#openedAt >= stableAfter;
  }

  transmit(data: MessageData): void {
    this.#dial.send(data);
  }

  /** The socket counts as open from now on. */
  confirmOpen(): void {
    this.#openedAt = monotonicNow();
    this.#messages.traffic.wasEverOpen = true;
    this.#dial.confirmOpen();
    this.onOptionsChanged();
  }

  /** Other options may be in force. */
  onOptionsChanged(): void {
    if (this.#openedAt === null) return;
    if (this.#heartbeat) this.#heartbeat.onOptionsChanged();
    else if (this.heartbeatRules) this.#heartbeat = new Heartbeat(this);
  }

  /** The page is back: an open socket is probed. Without a message there is nothing that the peer could answer. */
  onWake(): void {
    if (this.heartbeatRules?.message !== undefined) this.#heartbeat?.onWake();
  }

  /** The page slept: returns whether a heartbeat finds out about the socket, which cannot be trusted otherwise. */
  survivesSleep(): boolean {
    this.#heartbeat?.onWake();
    return this.#heartbeat !== null && this.heartbeatRules !== null;
  }

  /** Detaches the socket and closes it without waiting for the peer; nothing follows. */
  abandon(close: CloseInfo | null): void {
    this.#heartbeat?.stop();
    this.#dial.abandon(close?.code, close?.reason);
  }

  /** Ends an open session as if the server had closed it; for developer tools. */
  simulateEnd(close: Partial<CloseInfo>): void {
    if (this.#openedAt !== null) this.#host.onSessionEnd(createCloseInfo({ ...close, opened: true }));
  }

  /** Ignores incoming frames, as from a dead peer; for developer tools. */
  simulateSilence(isSilent: boolean): void {
    this.#isSilenced = isSilent;
  }

  // What the dial reports.

  onDial(shownUrl: string): void {
    this.#host.onDial(shownUrl);
  }

  onOpen(): void {
    const { shownUrl: url, protocol } = this.#dial;
    const { traffic } = this.#messages;
    const reopened = traffic.wasEverOpen;
    traffic.onSocketOpen();
    this.#messages.onSocketOpen(this, { url, protocol, reopened, at: Date.now() });
  }

  onMessage(event: MessageEvent<RawMessage>): void {
    if (this.#isSilenced) return;
    this.#heartbeat?.onReceived();
    this.#messages.onFrame(this, event);
  }

  onClose(close: CloseInfo): void {
    this.#host.onSessionEnd(close);
  }

  onRejected(error: Error): void {
    this.#messages.callObservers('onError', error);
  }

  onBroken(error: WebSocketError): void {
    this.#host.onBroken(error);
  }

  // What the heartbeat asks for.

  sendProbe(): boolean {
    return this.#messages.sendProbe() || !this.canTransmit;
  }

  onDead(hasHeard: boolean): void {
    this.#isUnproven = !hasHeard;
    this.#messages.emit({ type: 'heartbeat', phase: 'dead' });
    this.#host.onSessionEnd(createCloseInfo({ opened: true }));
  }
}
