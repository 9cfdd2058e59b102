/** The books of a model connection: its timers, its queue, and what its users are told. */
import type { ConnectionStatus, DropReason } from '../../src/core/index.js';
import type { End } from './closeTable.js';
import type { Entry, ModelOptions, ModelSocket, TimerKind, World } from './world.js';

export const RETRYING: readonly ConnectionStatus[] = ['connecting', 'reconnecting'];

interface Queued {
  readonly id: string;
  readonly size: number;
  readonly at: number;
  /** It is given up on time, because a connection was awaited when it came. */
  readonly isWatched: boolean;
}

/** The name under which the application that made a connection is told what happens to it. */
export const ownerOf = (url: string): string => `owner of ${url}`;

export interface Departed {
  readonly user: string;
  /** Whether it still hears of everything. */
  readonly isThere: () => boolean;
  readonly standsBy: () => boolean;
}

export class Ledger {
  status: ConnectionStatus = 'idle';
  socket: ModelSocket | null = null;
  /** The last message that went out. */
  lastSent: string | null = null;
  /** First in, first out, and each one leaves once. */
  queue: readonly Queued[] = [];
  readonly timers = new Map<TimerKind, number>();
  /** Who uses it, and whether they are told what happens. */
  readonly users = new Map<string, boolean>();
  /** Who left last, is hidden or stands by: what is given up while nobody uses it was theirs. */
  departed: readonly Departed[] = [];
  /** What the callbacks have to be called with. */
  log: Entry[] = [];

  constructor(
    readonly world: World,
    readonly url: string,
    readonly getOptions: () => ModelOptions,
    /** Whether it has callbacks of its own. */
    readonly isOwn: boolean,
  ) {}

  protected get now(): number {
    return this.world.now;
  }

  /** As the fake clock does it: whole milliseconds, and never again in the same tick. */
  protected startTimer(kind: TimerKind, ms: number, isTicking = this.world.isTicking): void {
    this.timers.set(kind, this.now + (Math.floor(ms) || (isTicking ? 1 : 0)));
  }

  protected tell(name: Entry['name'], detail: End | string): void {
    const told = typeof detail === 'string' ? detail : JSON.stringify(detail);
    if (name === 'drop' && this.users.size === 0) {
      const [id] = told.split(' ');
      for (const { user, isThere } of this.departed)
        this.log.push({ to: user, name, told: isThere() ? told : `${id} unmounted` });
    }
    const listeners = [...this.users].filter(([, listens]) => listens).map(([user]) => user);
    const all = this.isOwn ? [ownerOf(this.url), ...listeners] : listeners;
    for (const to of all) this.log.push({ to, name, told });
  }

  protected transmit(id: string): void {
    this.socket?.wire.push(id);
    this.lastSent = id;
  }

  protected enqueue(id: string, size: number): 'queued' | 'refused' {
    const { maxMessages, maxBytes } = this.getOptions().sendQueue;
    this.expire();
    const bytes = this.queue.reduce((sum, queued) => sum + queued.size, size);
    if (this.queue.length >= maxMessages || bytes > maxBytes) return 'refused';
    this.queue = [...this.queue, { id, size, at: this.now, isWatched: RETRYING.includes(this.status) }];
    return 'queued';
  }

  protected flush(): void {
    this.expire();
    const all = this.queue;
    this.queue = [];
    for (const { id } of all) this.transmit(id);
  }

  /** Gives up what is too old, at the latest when the queue is used. */
  protected expire(): void {
    for (const { id } of this.queue.filter(this.#isTooOld)) this.tell('drop', `${id} expired`);
    this.queue = this.queue.filter((queued) => !this.#isTooOld(queued));
  }

  protected handBack(reason: DropReason): void {
    for (const queued of this.queue) {
      this.tell('drop', `${queued.id} ${reason}`);
      if (this.#isTooOld(queued)) this.#late.add(queued.id);
    }
    this.queue = [];
  }

  /** When something will be too old, while a connection is awaited. */
  get nextExpiry(): number | undefined {
    const { maxAge } = this.getOptions().sendQueue;
    const isAwaited = RETRYING.includes(this.status) && maxAge < Infinity;
    return isAwaited ? this.queue.map(({ at }) => at + maxAge).find((at) => at > this.now) : undefined;
  }

  /** Takes over what somebody was told is too old, if it is: it may go before anybody has to look. */
  acknowledge(to: string, told: string): void {
    const [id, reason] = told.split(' ');
    const isGone = this.departed.some(({ user, isThere }) => user === to && !isThere());
    const isExpired = reason === 'expired' || (reason === 'unmounted' && isGone);
    if (!isExpired || id === undefined) return;
    if (this.#late.has(id)) {
      this.log = this.log.map((entry) =>
        entry.to === to && entry.told.startsWith(`${id} `) ? { ...entry, told } : entry,
      );
    }
    const queued = this.queue.find((each) => each.id === id);
    if (!queued || !this.#isTooOld(queued)) return;
    this.queue = this.queue.filter((each) => each !== queued);
    this.tell('drop', `${id} expired`);
  }

  /** What should have been given up by now. */
  findOverdue(): readonly Queued[] {
    if (!RETRYING.includes(this.status)) return [];
    const { maxAge } = this.getOptions().sendQueue;
    return this.queue.filter(({ at, isWatched }) => isWatched && this.now - at > maxAge + 1);
  }

  /** Handed back as something else, although too old. */
  readonly #late = new Set<string>();
  readonly #isTooOld = ({ at }: Queued): boolean => this.now - at >= this.getOptions().sendQueue.maxAge;
}
