/** The state of the reference model: timers, the send queue, observers and the expected calls of callbacks. */
import type { ConnectionStatus, DropReason } from '../../src/core/index.js';
import type { ModelClose } from './referenceRules.js';
import type {
  CallbackName,
  LogEntry,
  ModelOptions,
  ModelSocket,
  Reaction,
  TimerKind,
  Environment,
} from './modelTypes.js';

/** The states in which a connection is awaited, so that queued messages expire on time. */
export const CONNECTING: readonly ConnectionStatus[] = ['connecting', 'reconnecting'];

interface QueuedMessage {
  readonly id: string;
  readonly size: number;
  /** By the monotonic clock. */
  readonly since: number;
  /** A connection was awaited when it was queued, so it expires on time. */
  readonly isWatched: boolean;
}

/** The name under which the log has the callbacks of the application that made a connection. */
export const ownerOf = (url: string): string => `owner of ${url}`;

/** An observer that left. */
export interface DepartedObserver {
  readonly name: string;
  /** Whether it has callbacks; `retain()` has none. */
  readonly hasCallbacks: boolean;
  /** The reason that its `onDrop` gets; after unmount that is always `unmounted`. */
  readonly shownReason: (reason: string) => string;
}

export abstract class MessageAccounting {
  status: ConnectionStatus = 'idle';
  socket: ModelSocket | null = null;
  /** The newest message that any socket sent. */
  lastSent: string | null = null;
  /** First in, first out, and each message leaves once. */
  queue: readonly QueuedMessage[] = [];
  readonly timers = new Map<TimerKind, number>();
  /** What uses the connection, and whether it has callbacks. */
  readonly observers = new Map<string, boolean>();
  /** The observers that left in the tick of the last one: what is dropped afterwards may be theirs. */
  departed: readonly DepartedObserver[] = [];
  /** The tick in which the newest of them left. */
  protected departedIn = -1;
  /** The expected calls of the callbacks. */
  log: LogEntry[] = [];
  /** Messages that were dropped for another reason although they were too old already. */
  readonly #droppedLate = new Set<string>();

  constructor(
    readonly environment: Environment,
    readonly url: string,
    readonly getOptions: () => ModelOptions,
    /** Whether the application made it, with callbacks; else a component did. */
    readonly isOfApplication: boolean,
  ) {}

  /** Performs the reaction of the application in a callback. */
  protected abstract perform(does: Exclude<Reaction['does'], 'throw'>): void;

  /** The time of the clock of the page. */
  protected get now(): number {
    return this.environment.now;
  }

  /** The time of a clock that stops while the machine sleeps. */
  protected get monotonic(): number {
    return this.environment.now - this.environment.slept;
  }

  /** As the fake clock does it: whole milliseconds, and never again in the same tick. */
  protected startTimer(kind: TimerKind, ms: number, isTicking = this.environment.isTicking): void {
    this.timers.set(kind, this.now + (Math.floor(ms) || (isTicking ? 1 : 0)));
  }

  /** The machine slept: every timer is due later by the clock of the page. */
  postponeTimers(ms: number): void {
    for (const [kind, at] of this.timers) this.timers.set(kind, at + ms);
  }

  /** Calls the callback of the application, then that of every observer. */
  protected tell(name: CallbackName, what: ModelClose | string): void {
    const detail = typeof what === 'string' ? what : JSON.stringify(what);
    this.#tellOwner(name, detail);
    const listeners = [...this.observers].filter(([, hasCallbacks]) => hasCallbacks).map(([to]) => to);
    for (const to of listeners) this.#call({ to, name, detail });
  }

  /** Hands a message back; when all observers have left, to those that left in the tick of the last one. */
  protected drop(id: string, reason: DropReason): void {
    if (this.observers.size > 0) {
      this.tell('drop', `${id} ${reason}`);
      return;
    }
    this.#tellOwner('drop', `${id} ${reason}`);
    for (const { name, hasCallbacks, shownReason } of this.departed)
      if (hasCallbacks) this.#call({ to: name, name: 'drop', detail: `${id} ${shownReason(reason)}` });
  }

  #tellOwner(name: CallbackName, detail: string): void {
    if (this.isOfApplication) this.#call({ to: ownerOf(this.url), name, detail });
  }

  #call(entry: LogEntry): void {
    this.log.push(entry);
    this.react(entry.name);
  }

  /** A callback does what it always does; `onOpen` of the application sends a greeting first. */
  protected react(on: Reaction['on']): void {
    const { reaction, greets } = this.getOptions();
    if (on === 'open' && greets && !this.transmit('hello')) {
      this.environment.reports += 1;
      return;
    }
    if (reaction?.on !== on) return;
    if (reaction.does === 'throw') this.environment.reports += 1;
    else this.perform(reaction.does);
  }

  /** Hands a message to the socket; returns `false` if its `send` throws. */
  protected transmit(id: string): boolean {
    if (this.environment.isSendBroken) return false;
    this.socket?.wire.push(id);
    this.lastSent = id;
    return true;
  }

  protected enqueue(id: string, size: number): 'queued' | 'refused' {
    const { maxMessages, maxBytes } = this.getOptions().sendQueue;
    this.dropExpired();
    const bytes = this.queue.reduce((sum, queued) => sum + queued.size, size);
    if (this.queue.length >= maxMessages || bytes > maxBytes) return 'refused';
    const isWatched = CONNECTING.includes(this.status);
    this.queue = [...this.queue, { id, size, since: this.monotonic, isWatched }];
    return 'queued';
  }

  /** Sends what has waited. A message whose `send` throws is reported and handed back. */
  protected flush(): void {
    const { socket } = this;
    this.dropExpired();
    while (this.socket === socket && socket?.state === 'open') {
      const [oldest, ...others] = this.queue;
      if (!oldest) break;
      this.queue = others;
      if (this.transmit(oldest.id)) continue;
      this.environment.reports += 1;
      this.drop(oldest.id, 'failed');
    }
  }

  /** Drops what is too old, at the latest when the queue is used. */
  protected dropExpired(): void {
    const expired = this.queue.filter(this.#isTooOld);
    this.queue = this.queue.filter((queued) => !this.#isTooOld(queued));
    for (const { id } of expired) this.drop(id, 'expired');
  }

  protected dropAll(reason: DropReason): void {
    const all = this.queue;
    this.queue = [];
    for (const queued of all) {
      if (this.#isTooOld(queued)) this.#droppedLate.add(queued.id);
      this.drop(queued.id, reason);
    }
  }

  /** When the next message is too old, while a connection is awaited. */
  get nextExpiry(): number | undefined {
    const { maxAge } = this.getOptions().sendQueue;
    if (!CONNECTING.includes(this.status) || maxAge === Infinity) return undefined;
    return this.queue.map(({ since }) => since + maxAge + this.environment.slept).find((at) => at > this.now);
  }

  /**
   * A message that is too old may be dropped before the model looks, because only a deadline is promised: the model
   * follows what callbacks were told.
   */
  acceptExpiries(drops: readonly LogEntry[]): void {
    const expired = drops.filter(({ to, detail }) => {
      const [, reason] = detail.split(' ');
      const isOfDeparted = this.departed.some(({ name }) => name === to);
      return reason === 'expired' || (reason === 'unmounted' && isOfDeparted);
    });
    const idOf = ({ detail }: LogEntry): string => detail.split(' ')[0] ?? '';
    this.log = this.log.map((entry) => {
      if (entry.name !== 'drop' || !this.#droppedLate.has(idOf(entry))) return entry;
      return (
        expired.find(({ to, detail }) => to === entry.to && idOf(entry) === detail.split(' ')[0]) ?? entry
      );
    });
    const isAccepted = (queued: QueuedMessage): boolean =>
      this.#isTooOld(queued) && expired.some((entry) => idOf(entry) === queued.id);
    const accepted = this.queue.filter(isAccepted);
    this.queue = this.queue.filter((queued) => !isAccepted(queued));
    for (const { id } of accepted) this.drop(id, 'expired');
  }

  /** What should have been dropped by now. */
  findOverdue(): readonly QueuedMessage[] {
    if (!CONNECTING.includes(this.status)) return [];
    const { maxAge } = this.getOptions().sendQueue;
    return this.queue.filter(({ since, isWatched }) => isWatched && this.monotonic - since > maxAge + 1);
  }

  readonly #isTooOld = ({ since }: QueuedMessage): boolean =>
    this.monotonic - since >= this.getOptions().sendQueue.maxAge;
}
