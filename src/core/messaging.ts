import type { CloseInfo } from './closeInfo.js';
import type { CallbackInfo, CallbackName } from './connectionHost.js';
import type { ConnectionState } from './connectionState.js';
import type { WebSocketError } from './errors.js';
import type { ConnectionEvent, ConnectionEventBody, OpenInfo } from './events.js';
import type { MachineEvent } from './machine.js';
import type { OwnMessage } from './messages/contract.js';
import type { MessageData, RawMessage } from './messages/frames.js';
import { MessageListeners, type TopicOptions } from './messages/messageListeners.js';
import { Traffic } from './messages/traffic.js';
import type { Observers } from './observers.js';
import type { ConnectionConfig } from './options.js';
import { callEach, runSafely } from './platform/runSafely.js';
import { Receiver, type ReceiverHost } from './receiver.js';
import { Sender } from './sender.js';
import type { Session, SessionMessages } from './session.js';

/** The close code of a contract that an incoming message broke (private use, RFC 6455 section 7.4.2). */
const CONTRACT_VIOLATION = 4003;

/** What the messages of a connection need of its lifecycle. */
export interface MessagingHost<In, Out> {
  readonly state: ConnectionState;
  /** The present dial and its socket. */
  readonly session: Session<In, Out> | null;
  /** Whether the component that the connection belongs to has unmounted or is disabled. */
  readonly isReleased: boolean;
  dispatch(event: MachineEvent): void;
  /** Ends an outage if the connection has been open for long enough. */
  settleOutage(): void;
  localClose(code: number, reason: string): CloseInfo;
}

/**
 * Both directions of messages of a connection, its listeners, and the order of things when a socket opens. Parts are
 * made on first need, because many connections never need them.
 */
export class Messaging<In, Out> implements ReceiverHost<In, Out>, SessionMessages<In, Out> {
  readonly #host: MessagingHost<In, Out>;
  readonly #observers: Observers<In, Out>;
  #sender: Sender<In, Out> | null = null;
  #receiver: Receiver<In, Out> | null = null;
  #listeners: MessageListeners<In, Out> | null = null;
  #traffic: Traffic | null = null;
  /** The listeners of `onEvent`. */
  taps: Set<(event: ConnectionEvent<In>) => void> | null = null;

  constructor(host: MessagingHost<In, Out>, observers: Observers<In, Out>) {
    this.#host = host;
    this.#observers = observers;
  }

  get sender(): Sender<In, Out> {
    return (this.#sender ??= new Sender(this));
  }
  get listeners(): MessageListeners<In, Out> {
    return (this.#listeners ??= new MessageListeners(this));
  }
  get traffic(): Traffic {
    return (this.#traffic ??= new Traffic());
  }
  get config(): ConnectionConfig<In, Out> {
    return this.#observers.config;
  }
  get topicOptions(): TopicOptions<In, Out> | undefined {
    return this.config.topics;
  }
  get canTransmit(): boolean {
    return this.#host.session?.canTransmit === true;
  }
  get isConnecting(): boolean {
    return this.#host.state.waitingFor !== null;
  }
  get refusesMessages(): boolean {
    const { status } = this.#host.state;
    return this.#host.isReleased || status === 'closed' || status === 'failed';
  }
  get isTapped(): boolean {
    return this.taps !== null && this.taps.size > 0;
  }

  emit(body: ConnectionEventBody<In, Out>): void {
    // Completed and not copied, because a copy would count the bytes of every message.
    if (this.isTapped) callEach(this.taps, Object.assign(body, { at: Date.now() }) as ConnectionEvent<In>);
  }

  callObservers<Name extends CallbackName>(name: Name, info: CallbackInfo<Name, In, Out>): void {
    this.#observers.call(name, info);
  }

  /** Another state is in force: queued messages expire on time only while connecting. */
  onStateChanged(): void {
    this.#sender?.watchAge();
  }

  /** The socket is gone. */
  onSocketGone(): void {
    if (this.#sender) this.#sender.gate = 'waiting';
    this.#listeners?.forgetAnnouncements();
  }

  /** The connection has ended for good. */
  onEnd(reason: 'closed' | 'failed' | 'unmounted' | 'replaced'): void {
    this.#sender?.dropQueued(reason);
  }

  /** A socket has opened. With the option `ready` the connection counts as open only once that message has come. */
  onSocketOpen(session: Session<In, Out>, about: Omit<OpenInfo, 'attempt'>): void {
    const info = { ...about, attempt: this.#host.state.attempt };
    if (!this.config.ready) this.#completeOpen(session, info);
    else if (this.#greet(session, info)) this.sender.gate = 'waiting';
  }

  onFrame(session: Session<In, Out>, event: MessageEvent<RawMessage>): void {
    this.#receiver ??= new Receiver(this);
    this.#receiver.receive(event, () => this.#host.session === session);
  }

  /** Sends the message of the heartbeat, if it has one; returns `false` if it could not be made. */
  sendProbe(): boolean {
    const { heartbeat } = this.config;
    if (heartbeat?.message === undefined) return true;
    this.emit({ type: 'heartbeat', phase: 'probe' });
    return heartbeat.raw
      ? this.sender.sendRaw(heartbeat.message as MessageData)
      : this.sender.sendOwn(() => heartbeat.message as OwnMessage<Out>);
  }

  sendOwn(makeMessage: () => OwnMessage<Out>): boolean {
    return this.sender.sendOwn(makeMessage);
  }

  transmit(data: MessageData): void {
    this.#host.session?.transmit(data);
  }

  deliver(message: In, event: MessageEvent<RawMessage>): void {
    const { session } = this.#host;
    const { ready } = this.config;
    if (session && this.isConnecting && (!ready || runSafely(ready, message))) {
      this.#completeOpen(session, null);
      if (this.#host.session !== session) return;
    }
    this.#observers.deliver(message, event);
    this.#listeners?.deliver(message, event);
  }

  failByViolation(error: WebSocketError): void {
    this.#host.settleOutage();
    const close = this.#host.localClose(CONTRACT_VIOLATION, 'message breaks the contract');
    this.#host.dispatch({ type: 'broken', error: Object.assign(error, { close, code: CONTRACT_VIOLATION }) });
  }

  /** Calls `onOpen`; what it sends goes out at once. Returns whether the socket is still the one of the connection. */
  #greet(session: Session<In, Out>, info: OpenInfo): boolean {
    this.emit({ type: 'open', ...info });
    this.sender.gate = 'greeting';
    this.callObservers('onOpen', info);
    return this.#host.session === session;
  }

  /** The connection is open: state, then `onOpen` (if it was not called yet), then topics, then what has waited. */
  #completeOpen(session: Session<In, Out>, info: OpenInfo | null): void {
    session.confirmOpen();
    this.sender.gate = 'opening';
    this.#host.dispatch({ type: 'opened' });
    if (this.#host.session !== session || (info && !this.#greet(session, info))) return;
    this.sender.gate = 'flushing';
    this.#listeners?.announceTopics();
    this.sender.flush();
  }
}
