/** The books of a model connection: its timers, its queue, and what its users are told. */
import type { ConnectionStatus, DropReason } from '../../src/core/index.js';
import type { End } from './closeTable.js';
import type { Entry, ModelOptions, ModelSocket, TimerKind, World } from './world.js';

export const RETRYING: readonly ConnectionStatus[] = ['connecting', 'reconnecting'];

interface Queued {
  readonly id: string;
  readonly size: number;
  readonly at: number;
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
    const listeners = [...this.users].filter(([, listens]) => listens).map(([user]) => user);
    for (const to of this.isOwn ? ['own', ...listeners] : listeners) this.log.push({ to, name, told });
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
    this.queue = [...this.queue, { id, size, at: this.now }];
    this.expire();
    return 'queued';
  }

  protected flush(): void {
    this.expire();
    const all = this.queue;
    this.queue = [];
    for (const { id } of all) this.transmit(id);
  }

  /** Gives up what is too old, and looks at the rest when it will be. */
  protected expire(): void {
    const { maxAge } = this.getOptions().sendQueue;
    this.handBack('expired', maxAge);
    const oldest = this.queue[0];
    if (oldest && maxAge < Infinity && RETRYING.includes(this.status))
      this.startTimer('expiry', oldest.at + maxAge - this.now);
  }

  protected handBack(reason: DropReason, minAge = -Infinity): void {
    this.timers.delete('expiry');
    const isGivenUp = ({ at }: Queued): boolean => this.now - at >= minAge;
    for (const queued of this.queue.filter(isGivenUp)) this.tell('drop', `${queued.id} ${reason}`);
    this.queue = this.queue.filter((queued) => !isGivenUp(queued));
  }
}
