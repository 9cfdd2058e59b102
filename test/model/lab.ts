/** The real thing beside the model: one clock, one network, one page; steps that are done to both. */
import { vi } from 'vitest';
import type { Connection, ConnectionState } from '../../src/core/index.js';
import { createFakeServer, type FakeServer, type FakeSocket } from '../support/fakeSocket.js';
import { countPageListeners } from '../support/page.js';
import { seededRandom } from '../support/random.js';
import { checkLog, checkSocket, checkState, holds, same } from './check.js';
import { contracts, nameOf, outgoing } from './messages.js';
import type { Reference } from './reference.js';
import type { Entry, ModelOptions, ModelSocket, World } from './world.js';

/** When every sequence begins. */
const START = Date.UTC(2026, 0, 1);

/** Two timers of one connection are due in the same millisecond: nobody says which comes first. */
export class Tie extends Error {}

/** A connection under test, with its model. */
export interface Pair {
  readonly model: Reference;
  readonly connection: Connection<unknown, unknown>;
  /** The snapshot that was seen last. */
  seen: ConnectionState;
}

/** How what happens reaches the real thing; React wraps it in `act`. */
export type Wrap = (happen: () => void) => void;

export class Lab {
  readonly world: World = {
    now: START,
    isTicking: false,
    isOffline: false,
    conduct: 'works',
    reports: 0,
    sockets: [],
  };
  readonly server: FakeServer = createFakeServer();
  /** Those that may still do something. */
  pairs: Pair[] = [];
  /** What the callbacks were called with in this step. */
  log: Entry[] = [];
  /** What they were called with since somebody asked. */
  readonly heard: Entry[] = [];
  readonly random: () => number;
  reports = 0;
  /** Messages that were accepted, whose end is to be known. */
  readonly accepted: string[] = [];
  readonly #dropped: string[] = [];
  readonly #page = countPageListeners();
  readonly #real = new Map<ModelSocket, FakeSocket>();
  #present: ModelSocket[] = [];
  #names = 0;

  constructor(
    readonly options: ModelOptions,
    seed: number,
    readonly wrap: Wrap = (happen) => happen(),
    /** Whether URLs are functions. */
    readonly canUrlsFail = true,
  ) {
    this.random = options.draw === null ? seededRandom(seed) : () => options.draw ?? 0;
    vi.setSystemTime(START);
    vi.stubGlobal('reportError', () => (this.reports += 1));
    this.setPage({ onLine: true, hidden: false });
  }

  /** The options as users write them. */
  optionsOf(options: ModelOptions) {
    const { reconnect, contract, sendQueue, heartbeat, onViolation, connectTimeout, pageAware, linger } =
      options;
    const { advice, ...rules } = reconnect || {};
    const decide = ({ attempt }: { readonly attempt: number }) => {
      if (attempt % 2 === 0) return undefined;
      if (advice === 'throws') throw new Error('decide is broken');
      return advice === 'nonsense' ? Number.NaN : advice;
    };
    return {
      reconnect:
        reconnect === false ? (false as const) : { ...rules, ...(advice !== undefined && { decide }) },
      contract: contracts[contract] as never,
      sendQueue: sendQueue.maxMessages === 0 && sendQueue.maxAge === 30_000 ? (false as const) : sendQueue,
      ...{ onViolation, connectTimeout, pageAware, linger, random: this.random },
      WebSocket: this.server.WebSocket,
      ...(heartbeat && {
        heartbeat: {
          ...heartbeat,
          message: outgoing(contract, 'ping'),
          isReply: (message: unknown) => nameOf(message) === 'pong',
        },
      }),
    };
  }

  /** The URL, whose function throws while the server's conduct is such. */
  urlOf(url: string): () => string {
    return () => {
      if (this.world.conduct === 'bad url') throw new Error('no token');
      return url;
    };
  }

  callbacksOf(to: string, greet?: () => void) {
    const note = (name: Entry['name'], told: string): void => void this.log.push({ to, name, told });
    return {
      onOpen({ attempt }: { readonly attempt: number }) {
        note('open', String(attempt));
        greet?.();
      },
      onMessage: (message: unknown) => note('message', nameOf(message)),
      onClose({ code, reason, opened, local, at }: ConnectionState['lastClose'] & object) {
        note('close', JSON.stringify({ code, reason, opened, local, at }));
      },
      onError(error: Error & { readonly kind?: string; readonly direction?: string | null }) {
        note('error', [error.kind ?? error.name, ...(error.direction ? [error.direction] : [])].join(' '));
      },
      onDrop: ({ message, reason }: { readonly message: unknown; readonly reason: string }) =>
        note('drop', `${nameOf(message)} ${reason}`),
    };
  }

  add(model: Reference, connection: Connection<unknown, unknown>): Pair {
    const pair: Pair = { model, connection, seen: connection.getState() };
    connection.subscribe(() => {
      pair.seen = connection.getState();
    });
    this.pairs.push(pair);
    return pair;
  }

  /** Lets time pass, timer by timer: each one when it is due, and not a millisecond before. */
  async advance(by: number): Promise<void> {
    const { world } = this;
    const until = world.now + by;
    for (let next = this.nextTime(); next !== undefined && next <= until; next = this.nextTime()) {
      await this.pass(next - 1 - world.now);
      await this.pass(next - world.now, true);
    }
    await this.pass(until - world.now);
  }

  private async pass(by: number, isDue = false): Promise<void> {
    const { world } = this;
    if (by < 0 || (by === 0 && !isDue)) return;
    world.now += by;
    this.wrap(() => void vi.advanceTimersByTime(by));
    world.isTicking = true;
    for (const { model } of isDue ? this.pairs : []) {
      const due = [...model.timers].filter(([, at]) => at <= world.now).map(([kind]) => kind);
      if (due.length > 1) throw new Tie();
      due.forEach((kind) => model.fire(kind));
    }
    world.isTicking = false;
    await this.check();
  }

  /** When the next thing happens by itself. */
  nextTime(): number | undefined {
    const times = this.pairs.flatMap(({ model }) => [...model.timers.values(), model.nextExpiry ?? Infinity]);
    const first = Math.min(...times, Infinity);
    return first === Infinity ? undefined : first;
  }

  /** The end of the step: everything is as the model says. */
  async check(): Promise<void> {
    await Promise.resolve();
    const { world, server } = this;
    for (const pair of this.pairs) {
      const state = pair.connection.getState();
      holds('a snapshot that changes is told', state === pair.seen);
      checkState(pair.model, state, this.options.draw);
    }
    this.#acknowledge();
    checkLog(
      this.log,
      this.pairs.flatMap(({ model }) => model.log),
      this.pairs.length,
    );
    this.#keepDrops();
    this.heard.push(...this.log);
    this.log = [];
    for (const { model } of this.pairs) model.log = [];
    same('sockets made', server.sockets.length, world.sockets.length);
    this.#match();
    this.#present.forEach((model) => this.#check(model));
    this.#present = this.#present.filter(({ state }) => state !== 'over');
    same('reports', this.reports, world.reports);
    const timers = this.pairs.reduce((sum, { model }) => sum + model.timers.size, 0);
    // One more where something in the queue may become too old.
    const most = this.pairs.filter(({ model }) => model.isAlive && model.queue.length > 0).length;
    const spare = vi.getTimerCount() - timers;
    holds(`${spare} timers too many`, spare >= 0 && spare <= most);
    const alive = this.pairs.filter(({ model }) => model.isAlive).length;
    same('listeners on the page', this.#page.count(), alive * 4);
  }

  #acknowledge(): void {
    const drops = this.log.filter(({ name }) => name === 'drop');
    for (const { model } of this.pairs) {
      for (const { to, told } of drops) model.acknowledge(to, told);
      same('what is too old and still there', model.findOverdue(), []);
    }
  }

  /** A message is handed back once; everybody who uses the connection hears of it. */
  #keepDrops(): void {
    const drops = this.log
      .filter(({ name }) => name === 'drop')
      .map(({ to, told }) => ({ to, id: told.split(' ')[0] ?? '' }));
    for (const { id, to } of drops) {
      same(
        `how often ${to} gets ${id} back`,
        drops.filter((each) => each.to === to && each.id === id).length,
        1,
      );
      if (drops.find((each) => each.id === id)?.to === to) this.#dropped.push(id);
    }
  }

  /** Finds the true socket of every socket of the model: two that are made in one tick differ by their URL. */
  #match(): void {
    const made = new Set(this.server.sockets.slice(this.#real.size));
    for (const model of this.world.sockets.slice(this.#real.size)) {
      const socket = [...made].find(({ url }) => url === model.url);
      if (!socket) throw new Error(`there is no socket to ${model.url}`);
      made.delete(socket);
      this.#real.set(model, socket);
      this.#present.push(model);
    }
  }

  #check(model: ModelSocket): void {
    const socket = this.socketOf(model);
    if (!socket) throw new Error('there is no such socket');
    checkSocket(socket, model);
  }

  /** The true socket of this one. */
  socketOf(model: ModelSocket | null): FakeSocket | undefined {
    return model === null ? undefined : this.#real.get(model);
  }

  /** The end of the sequence, after everybody has left: every socket is over, every message accounted for. */
  finish(): void {
    const { sockets } = this.server;
    for (const socket of sockets) {
      socket.settle();
      holds('every socket is closed or abandoned', !socket.isLive);
    }
    for (const model of this.world.sockets) this.#check(model);
    const sent = sockets.flatMap((socket) => socket.sent.map(nameOf));
    // What the application sends on a connection of its own waits for the next who uses it.
    const waiting = this.pairs.filter(({ model }) => model.isOwn).flatMap(({ model }) => model.queue);
    const ends = [...sent, ...this.#dropped, ...waiting.map(({ id }) => id)];
    for (const id of this.accepted) same(`the ends of ${id}`, ends.filter((each) => each === id).length, 1);
    for (const owner of new Set(this.world.sockets.map((socket) => socket.owner))) {
      const wire = this.world.sockets.filter((socket) => socket.owner === owner).flatMap((own) => own.wire);
      const numbers = wire.filter((id) => id.startsWith('m')).map((id) => Number(id.slice(1)));
      same(
        'the order of what was sent',
        numbers,
        [...numbers].sort((one, two) => one - two),
      );
    }
    same('timers in the end', vi.getTimerCount(), 0);
    same('listeners on the page in the end', this.#page.count(), 0);
  }

  nextName(kind: 'm' | 's'): string {
    return `${kind}${(this.#names += 1)}`;
  }

  caught(happen: () => unknown): (Error & { readonly kind?: string; readonly direction?: string }) | null {
    let thrown: unknown = null;
    this.wrap(() => {
      try {
        happen();
      } catch (error) {
        thrown = error;
      }
    });
    return thrown as ReturnType<Lab['caught']>;
  }

  dispose(): void {
    this.#page.stop();
    vi.unstubAllGlobals();
    vi.clearAllTimers();
  }

  eachModel(happen: (model: Reference) => void): void {
    for (const { model } of this.pairs) happen(model);
  }

  setPage(values: { readonly onLine?: boolean; readonly hidden?: boolean }): void {
    const { onLine, hidden } = values;
    if (onLine !== undefined)
      Object.defineProperty(navigator, 'onLine', { configurable: true, value: onLine });
    if (hidden !== undefined)
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  }
}
