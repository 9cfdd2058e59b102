/** Runs a sequence against the real thing and the model: one clock, one network, one page, and the comparison. */
import { vi } from 'vitest';
import type { Connection, ConnectionState } from '../../src/core/index.js';
import { createFakeServer, type FakeServer, type FakeSocket } from '../support/fakeSocket.js';
import { countPageListeners } from '../support/page.js';
import { seededRandom } from '../support/random.js';
import { assertLog, assertSame, assertSocket, assertState, assertTrue, comparedClose } from './assertions.js';
import type { ReferenceModel } from './referenceModel.js';
import { contracts, nameOf, outgoing } from './testMessages.js';
import type {
  CallbackName,
  LogEntry,
  ModelOptions,
  ModelSocket,
  Reaction,
  Environment,
} from './modelTypes.js';

/** When every sequence begins. */
const START = Date.UTC(2026, 0, 1);

/** A page that did not run for this long has slept, visible or hidden, in ms. */
const CERTAIN_SLEEP = 300_000;

/** What happens next is not promised: for example two timers of one connection are due in the same millisecond. */
export class TimerTie extends Error {}

/** A connection with its model. */
export interface ConnectionUnderTest {
  readonly model: ReferenceModel;
  readonly connection: Connection<unknown, unknown>;
  /** The snapshot that the newest notification showed. */
  seen: ConnectionState;
  /** How many notifications there were. */
  changes: number;
}

/** How events reach the real thing; React wraps them in `act`. */
export type Wrap = (happen: () => void) => void;

export class ModelRunner {
  readonly environment: Environment = {
    now: START,
    slept: 0,
    tick: 0,
    isTicking: false,
    isOffline: false,
    outcome: 'works',
    isSendBroken: false,
    reports: 0,
    sockets: [],
  };
  readonly server: FakeServer = createFakeServer();
  /** The connections that may still do something. */
  connections: ConnectionUnderTest[] = [];
  /** What the callbacks were called with in this step. */
  log: LogEntry[] = [];
  /** What they were called with since this list was emptied. */
  readonly pastLog: LogEntry[] = [];
  readonly random: () => number;
  reports = 0;
  /** Messages that were accepted, each of which must be sent or handed back once. */
  readonly accepted: string[] = [];
  readonly #dropped: string[] = [];
  readonly #pageListeners = countPageListeners();
  readonly #socketOf = new Map<ModelSocket, FakeSocket>();
  #presentSockets: ModelSocket[] = [];
  #names = 0;

  constructor(
    readonly options: ModelOptions,
    seed: number,
    readonly wrap: Wrap = (happen) => happen(),
    readonly areUrlsFunctions = true,
  ) {
    const { draw } = options;
    this.random = draw === null ? seededRandom(seed) : () => (draw === 'broken' ? Number.NaN : draw);
    // What a broken `random` is replaced by; the same numbers for the same seed.
    vi.spyOn(Math, 'random').mockImplementation(seededRandom(seed));
    vi.setSystemTime(START);
    vi.stubGlobal('reportError', () => {
      this.reports += 1;
      if (options.isReporterBroken) throw new Error('reportError is broken');
    });
    this.setPage({ onLine: true, hidden: false });
  }

  /** The sockets of the server, whose `send` may throw. */
  get #WebSocket() {
    const { environment, server } = this;
    return class extends (server.WebSocket as unknown as typeof FakeSocket) {
      override send(data: Parameters<FakeSocket['send']>[0]): void {
        if (environment.isSendBroken) throw new Error('send is broken');
        super.send(data);
      }
    } as unknown as FakeServer['WebSocket'];
  }

  /** The options as users write them. */
  optionsOf(options: ModelOptions) {
    const { reconnect, contract, sendQueue, heartbeat, onViolation, connectTimeout, pageAware, linger } =
      options;
    const { decideResult, ...rules } = reconnect || {};
    const decide = ({ attempt }: { readonly attempt: number }) => {
      if (attempt % 2 === 0) return undefined;
      if (decideResult === 'throws') throw new Error('decide is broken');
      return decideResult === 'nonsense' ? Number.NaN : decideResult;
    };
    return {
      reconnect:
        reconnect === false ? (false as const) : { ...rules, ...(decideResult !== undefined && { decide }) },
      contract: contracts[contract] as never,
      sendQueue: sendQueue.maxMessages === 0 && sendQueue.maxAge === 30_000 ? (false as const) : sendQueue,
      ...{ onViolation, connectTimeout, pageAware, linger, random: this.random },
      WebSocket: this.#WebSocket,
      ...(heartbeat && {
        heartbeat: {
          ...heartbeat,
          message: outgoing(contract, 'ping'),
          isReply: (message: unknown) => nameOf(message) === 'pong',
        },
      }),
    };
  }

  /** The URL function, which throws while dials have that outcome. */
  urlOf(url: string): () => string {
    return () => {
      if (this.environment.outcome === 'bad url') throw new Error('no token');
      return url;
    };
  }

  /** Callbacks that write the log; `react` runs after each, as part of the callback. */
  callbacksOf(to: string, react: (on: CallbackName) => void) {
    const note = (name: CallbackName, detail: string): void => {
      this.log.push({ to, name, detail });
      react(name);
    };
    return {
      onOpen: ({ attempt }: { readonly attempt: number }) => note('open', String(attempt)),
      onMessage: (message: unknown) => note('message', nameOf(message)),
      onClose: (close: ConnectionState['lastClose'] & object) =>
        note('close', JSON.stringify(comparedClose(close))),
      onError: (error: Error & { readonly kind?: string; readonly direction?: string | null }) =>
        note('error', [error.kind ?? error.name, ...(error.direction ? [error.direction] : [])].join(' ')),
      onDrop: ({ message, reason }: { readonly message: unknown; readonly reason: string }) =>
        note('drop', `${nameOf(message)} ${reason}`),
    };
  }

  add(
    model: ReferenceModel,
    connection: Connection<unknown, unknown>,
    onState?: () => void,
  ): ConnectionUnderTest {
    const added: ConnectionUnderTest = { model, connection, seen: connection.getState(), changes: 0 };
    connection.subscribe(() => {
      added.seen = connection.getState();
      added.changes += 1;
    });
    if (onState) connection.subscribe(onState);
    this.connections.push(added);
    return added;
  }

  /** What the application does in a callback. */
  react(on: Reaction['on'], connection: Connection<unknown, unknown>): void {
    const { reaction } = this.options;
    if (reaction?.on !== on) return;
    if (reaction.does === 'throw') throw new Error('a callback is broken');
    connection[reaction.does]();
  }

  /** Lets the machine sleep: the clock continues, no timer runs, and a visible page notices first. */
  sleep(ms: number): void {
    const { environment } = this;
    environment.now += ms;
    environment.slept += ms;
    vi.setSystemTime(environment.now);
    this.eachModel((model) => model.postponeTimers(ms));
    this.setPage({ hidden: false });
    this.wrap(() => document.dispatchEvent(new Event('visibilitychange')));
    this.eachModel((model) => {
      if (ms >= CERTAIN_SLEEP) model.onSlept();
      model.onWake();
    });
  }

  /** Lets time pass, timer by timer: each one when it is due, and not a millisecond before. */
  async advance(by: number): Promise<void> {
    const { environment } = this;
    const until = environment.now + by;
    for (let next = this.nextTime(); next !== undefined && next <= until; next = this.nextTime()) {
      await this.pass(next - 1 - environment.now);
      await this.pass(next - environment.now, true);
    }
    await this.pass(until - environment.now);
  }

  private async pass(by: number, isDue = false): Promise<void> {
    const { environment } = this;
    if (by < 0 || (by === 0 && !isDue)) return;
    environment.now += by;
    this.wrap(() => void vi.advanceTimersByTime(by));
    environment.isTicking = true;
    // Only a deadline is promised for a message that is too old: when exactly a callback has dialled is not known.
    const hasDropped = this.log.some(({ name }) => name === 'drop');
    if (hasDropped && !isDue && this.options.reaction?.on === 'drop') throw new TimerTie();
    for (const { model } of isDue ? this.connections : []) {
      const due = [...model.timers].filter(([, at]) => at <= environment.now).map(([kind]) => kind);
      if (due.length > 1) throw new TimerTie();
      due.forEach((kind) => model.fire(kind));
    }
    await this.check();
    environment.isTicking = false;
  }

  /** The time of the next timer. */
  nextTime(): number | undefined {
    const times = this.connections.flatMap(({ model }) => [
      ...model.timers.values(),
      model.nextExpiry ?? Infinity,
    ]);
    const first = Math.min(...times, Infinity);
    return first === Infinity ? undefined : first;
  }

  /** Ends a step: compares everything with the model. */
  async check(): Promise<void> {
    await Promise.resolve();
    const { environment, server } = this;
    this.#acceptExpiries();
    environment.tick += 1;
    for (const { connection, model, seen } of this.connections) {
      const state = connection.getState();
      assertTrue('every change of the snapshot is notified', state === seen);
      assertState(model, state, this.options.draw);
    }
    for (const { model } of this.connections)
      assertSame('what is too old and still queued', model.findOverdue(), []);
    assertLog(
      this.log,
      this.connections.flatMap(({ model }) => model.log),
      this.connections.length,
    );
    this.#keepDrops();
    this.pastLog.push(...this.log);
    this.log = [];
    for (const { model } of this.connections) model.log = [];
    assertSame('the number of sockets', server.sockets.length, environment.sockets.length);
    this.#matchSockets();
    this.#presentSockets.forEach((model) => this.#assertSocket(model));
    this.#presentSockets = this.#presentSockets.filter(({ state }) => state !== 'over');
    // Every draw of a broken `random` is reported as well.
    if (this.options.draw === 'broken') environment.reports = Math.max(environment.reports, this.reports);
    assertSame('the number of reported exceptions', this.reports, environment.reports);
    const alive = this.connections.filter(({ model }) => model.isAlive);
    const timers = this.connections.reduce((sum, { model }) => sum + model.timers.size, 0);
    // One more where queued messages may expire, and one that notices when the page has slept.
    const watchesPage = alive.some(
      ({ model }) => model.getOptions().pageAware || model.waitingFor === 'network',
    );
    const mostExpiries = alive.filter(({ model }) => model.queue.length > 0).length;
    const spare = vi.getTimerCount() - timers - (watchesPage ? 1 : 0);
    assertTrue(`the number of timers is right (${spare} more)`, spare >= 0 && spare <= mostExpiries);
    assertSame('the number of listeners on the page', this.#pageListeners.count(), watchesPage ? 4 : 0);
  }

  #acceptExpiries(): void {
    const drops = this.log.filter(({ name }) => name === 'drop');
    for (const { model } of this.connections) model.acceptExpiries(drops);
  }

  /** Checks that every callback that gets a dropped message gets it once. */
  #keepDrops(): void {
    const drops = this.log
      .filter(({ name }) => name === 'drop')
      .map(({ to, detail }) => ({ to, id: detail.split(' ')[0] ?? '' }));
    for (const { id, to } of drops) {
      const times = drops.filter((each) => each.to === to && each.id === id).length;
      assertSame(`how often ${to} gets ${id} back`, times, 1);
      if (drops.find((each) => each.id === id)?.to === to) this.#dropped.push(id);
    }
  }

  /** Finds the real socket of every socket of the model: two that are made in one tick differ by their URL. */
  #matchSockets(): void {
    const made = new Set(this.server.sockets.slice(this.#socketOf.size));
    for (const model of this.environment.sockets.slice(this.#socketOf.size)) {
      const socket = [...made].find(({ url }) => url === model.url);
      if (!socket) throw new Error(`there is no socket to ${model.url}`);
      made.delete(socket);
      this.#socketOf.set(model, socket);
      this.#presentSockets.push(model);
    }
  }

  #assertSocket(model: ModelSocket): void {
    const socket = this.socketOf(model);
    if (!socket) throw new Error('there is no such socket');
    assertSocket(socket, model);
  }

  /** The real socket of one of the model. */
  socketOf(model: ModelSocket | null): FakeSocket | undefined {
    return model === null ? undefined : this.#socketOf.get(model);
  }

  /** The end of a sequence, after every observer has left: sockets are over, and every message is accounted for. */
  finish(): void {
    const { sockets } = this.server;
    for (const socket of sockets) {
      socket.settle();
      assertTrue('every socket is closed or abandoned', !socket.isLive);
    }
    for (const model of this.environment.sockets) this.#assertSocket(model);
    const sent = sockets.flatMap((socket) => socket.sent.map(nameOf));
    // What is sent on a connection of the application waits for the next use.
    const waiting = this.connections
      .filter(({ model }) => model.isOfApplication)
      .flatMap(({ model }) => model.queue);
    const ends = [...sent, ...this.#dropped, ...waiting.map(({ id }) => id)];
    for (const id of this.accepted)
      assertSame(`how often ${id} was sent or handed back`, ends.filter((each) => each === id).length, 1);
    for (const owner of new Set(this.environment.sockets.map((socket) => socket.owner))) {
      const wire = this.environment.sockets
        .filter((socket) => socket.owner === owner)
        .flatMap((own) => own.wire);
      const numbers = wire.filter((id) => id.startsWith('m')).map((id) => Number(id.slice(1)));
      const sorted = [...numbers].sort((one, two) => one - two);
      assertSame('the order of what was sent', numbers, sorted);
    }
    assertSame('the number of timers at the end', vi.getTimerCount(), 0);
    assertSame('the number of listeners on the page at the end', this.#pageListeners.count(), 0);
  }

  nextName(kind: 'm' | 's'): string {
    return `${kind}${(this.#names += 1)}`;
  }

  /** Runs a call and returns what it throws. */
  catchError(
    happen: () => unknown,
  ): (Error & { readonly kind?: string; readonly direction?: string }) | null {
    let thrown: unknown = null;
    this.wrap(() => {
      try {
        happen();
      } catch (error) {
        thrown = error;
      }
    });
    return thrown as ReturnType<ModelRunner['catchError']>;
  }

  dispose(): void {
    this.#pageListeners.stop();
    vi.unstubAllGlobals();
    vi.clearAllTimers();
  }

  eachModel(happen: (model: ReferenceModel) => void): void {
    for (const { model } of this.connections) happen(model);
  }

  setPage(values: { readonly onLine?: boolean; readonly hidden?: boolean }): void {
    const { onLine, hidden } = values;
    if (onLine !== undefined)
      Object.defineProperty(navigator, 'onLine', { configurable: true, value: onLine });
    if (hidden !== undefined)
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
  }
}
