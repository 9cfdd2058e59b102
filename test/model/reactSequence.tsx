/** Plays a sequence against `useWebSocket` in two components. */
import { act, cleanup, render } from '@testing-library/react';
import { Activity, type ReactElement, Suspense } from 'react';
import { vi } from 'vitest';
import {
  type Connection,
  createConnection,
  useWebSocket,
  type WebSocketOptions,
  type WebSocketSource,
} from '../../src/index.js';
import { suspend } from '../support/reactFakes.js';
import { assertSame, assertTrue } from './assertions.js';
import { cleanUpEffects, type ComponentSlot, createSlot, disable, startEffects } from './componentSlot.js';
import { ownerOf } from './messageAccounting.js';
import { type ConnectionUnderTest, ModelRunner, TimerTie } from './modelRunner.js';
import { performStep } from './performStep.js';
import type { ReactStep, Scene } from './reactSteps.js';
import { ReferenceModel } from './referenceModel.js';
import type { CallbackName, ModelOptions } from './modelTypes.js';

/** Longer than any `linger`, in ms. */
const LONGEST_LINGER = 9_000;

const urlOf = (which: number): string => `wss://example.com/${which}`;
const runInAct = (happen: () => void): void => {
  act(happen);
};
const CALLS = ['send', 'send invalid', 'close', 'reconnect'];

export class ReactSequence {
  readonly runner: ModelRunner;
  readonly slots: readonly [ComponentSlot, ComponentSlot] = [createSlot('a'), createSlot('b')];
  /** What was seen after every step of the sequence. */
  readonly trace: string[] = [];
  /** The shared connections in use, by the number of their URL. */
  readonly #shared = new Map<number, ConnectionUnderTest>();
  /** The connections of the application. */
  readonly #given: readonly ConnectionUnderTest[];
  /** The options in force of every connection of a component. */
  readonly #optionsInForce = new Map<ReferenceModel, ModelOptions>();
  #options: ModelOptions;
  #view: Pick<ReturnType<typeof render>, 'rerender'> | null = null;

  constructor(
    readonly scene: Scene,
    readonly initialOptions: ModelOptions,
    seed: number,
  ) {
    this.#options = initialOptions;
    const isGiven = scene.mode === 'given';
    this.runner = new ModelRunner(initialOptions, seed, runInAct, isGiven || scene.hasKeys);
    this.#given = isGiven ? [0, 1].map((which) => this.#createGiven(which)) : [];
  }

  async play(steps: readonly ReactStep[]): Promise<{ readonly isTie: boolean }> {
    try {
      for (const step of steps) {
        await this.#take(step);
        if (step.do !== 'hide and show' && step.do !== 'render again') this.#recordTrace();
      }
      await this.#take({ do: 'unmount', slot: 0 });
      await this.#take({ do: 'unmount', slot: 1 });
      await this.runner.advance(LONGEST_LINGER);
      this.runner.finish();
      return { isTie: false };
    } catch (error) {
      if (error instanceof TimerTie) return { isTie: true };
      throw error;
    } finally {
      cleanup();
      runInAct(() => vi.advanceTimersByTime(LONGEST_LINGER));
      this.runner.dispose();
    }
  }

  async #take(step: ReactStep): Promise<void> {
    const slot = this.slots[step.slot];
    const { isMounted, isHidden, isSuspended, renders } = slot;
    const changes = slot.connection?.changes;
    const isVisible = isMounted && !isHidden && !isSuspended;
    switch (step.do) {
      case 'mount':
        if (isMounted) break;
        Object.assign(slot, { isMounted: true, isHidden: false, isSuspended: false, isEnabled: true });
        Object.assign(slot, { which: 0, connection: null, life: slot.life + 1 });
        this.#commit(slot, true);
        if (
          !this.scene.isStrict &&
          this.runner.environment.outcome === 'works' &&
          !this.initialOptions.reaction
        )
          assertSame('the number of renders of a mount', slot.renders - renders, 1);
        break;
      case 'unmount':
        if (!isMounted) break;
        slot.isMounted = false;
        this.#commit(slot);
        break;
      case 'hide':
      case 'show':
        if (!isMounted || isSuspended) break;
        slot.isHidden = step.do === 'hide';
        this.#commit(slot, step.do === 'show');
        break;
      case 'suspend':
      case 'resume':
        if (!isMounted || isHidden) break;
        slot.isSuspended = step.do === 'suspend';
        this.#render();
        // Suspense cleans up layout effects and runs them again.
        if (isSuspended && step.do === 'resume') this.#endIfDisabled(slot);
        break;
      case 'url':
      case 'enable':
        if (!isVisible) break;
        if (step.do === 'url') slot.which = step.which;
        else slot.isEnabled = step.value;
        this.#commit(slot);
        break;
      case 'options':
        // React does not commit while a component suspends.
        if (!this.slots.some((each) => each.isMounted && each.isSuspended)) this.#changeOptions(step.change);
        break;
      case 'render again':
        this.#render();
        break;
      case 'hide and show':
        if (!isVisible || !slot.isEnabled) break;
        slot.isHidden = true;
        this.#render();
        slot.isHidden = false;
        this.#render();
        break;
      default: {
        const cannotCall = CALLS.includes(step.do) && (!isMounted || slot.which === null);
        if (slot.connection && !cannotCall) await performStep(this.runner, step, slot.connection);
        else if (step.do === 'advance') await this.runner.advance(Number(step.by) || 1_000);
        if (slot.connection?.changes === changes)
          assertSame('the number of renders while the state stays', slot.renders, renders);
      }
    }
    await this.runner.check();
    this.slots.forEach((each) => this.#assertHandle(each));
    this.runner.connections = this.runner.connections.filter((each) => this.#canStillAct(each));
  }

  /**
   * One component has changed: its Effects are cleaned up and start with what it uses now; twice, where StrictMode
   * does that to a component that has just appeared.
   */
  #commit(slot: ComponentSlot, hasAppeared = false): void {
    const { mode, isStrict } = this.scene;
    this.#render();
    const isVisible = slot.isMounted && !slot.isHidden;
    if (isVisible) slot.connection = this.#findConnection(slot);
    const { connection } = slot;
    const observes = isVisible && slot.isEnabled && connection !== null;
    const { effects } = slot;
    if (isVisible && effects?.connection === connection && effects.observes === observes) return;
    // A former connection is left in a passive effect, after the layout effect that ends a disabled one.
    if (isVisible) this.#endIfDisabled(slot);
    cleanUpEffects(slot, (released) => this.#forgetShared(released));
    if (!observes) {
      if (isVisible && connection) startEffects(slot, connection, false);
      return;
    }
    if (mode === 'share' && slot.which !== null) this.#shared.set(slot.which, connection);
    this.#optionsInForce.set(connection.model, this.#options);
    startEffects(slot, connection, observes);
    if (!hasAppeared || !isStrict) return;
    cleanUpEffects(slot, () => undefined);
    startEffects(slot, connection, observes);
  }

  /** The layout effect of a disabled component: its own connection ends, and a shared one that nothing has used. */
  #endIfDisabled(slot: ComponentSlot): void {
    const { isEnabled, connection } = slot;
    if (isEnabled || !connection) return;
    const { observers, status } = connection.model;
    const isUntouched = this.scene.mode === 'share' && observers.size === 0 && status === 'idle';
    if (this.scene.mode === 'own' || isUntouched) disable(slot, connection);
  }

  /** The shared connection is not in use any more. */
  #forgetShared(connection: ConnectionUnderTest): void {
    for (const [which, known] of this.#shared) if (known === connection) this.#shared.delete(which);
  }

  /** The connection that a component must have now. */
  #findConnection(slot: ComponentSlot): ConnectionUnderTest | null {
    const { which, handle } = slot;
    if (which === null) return null;
    if (this.scene.mode === 'given') return this.#given[which] ?? null;
    const url = this.#urlOf(slot, which);
    const isSame = slot.connection?.model.url === url;
    const shared = this.#shared.get(which);
    // A component that is disabled finds out about the shared connection once it is enabled.
    const canJoin = shared !== undefined && !shared.model.hasFailedUnused;
    if (canJoin && (slot.isEnabled || !isSame)) return shared;
    if (isSame) return slot.connection;
    const { connection } = handle ?? { connection: null };
    if (!connection) throw new Error('the handle has no connection');
    const known = this.runner.connections.find((each) => each.connection === connection);
    if (known) return known;
    const getOptions = (): ModelOptions => this.#optionsInForce.get(model) ?? this.initialOptions;
    const kind = { isOfApplication: false, canRefresh: this.scene.hasKeys };
    const model: ReferenceModel = new ReferenceModel(this.runner.environment, url, getOptions, kind);
    this.#optionsInForce.set(model, this.#options);
    return this.runner.add(model, connection);
  }

  /** Connections that are not shared have URLs of their own, so that their sockets can be told apart. */
  #urlOf({ name, life }: ComponentSlot, which: number): string {
    return urlOf(which) + (this.scene.mode === 'own' ? `${name}${life}` : '');
  }

  #createGiven(which: number): ConnectionUnderTest {
    const { runner, initialOptions } = this;
    const connection = createConnection<unknown, unknown>(runner.urlOf(urlOf(which)), {
      ...runner.optionsOf(initialOptions),
      ...runner.callbacksOf(ownerOf(urlOf(which)), (on) => runner.react(on, connection)),
    });
    const kind = { isOfApplication: true, canRefresh: true };
    const model = new ReferenceModel(runner.environment, urlOf(which), () => initialOptions, kind);
    return runner.add(model, connection, () => runner.react('state', connection));
  }

  /** Other options, for every component. */
  #changeOptions(change: Partial<ModelOptions>): void {
    if (this.scene.mode === 'given') return;
    this.#options = { ...this.#options, ...change };
    this.#render();
    for (const { model } of this.runner.connections) {
      if (this.slots.some(({ effects }) => effects?.observes && effects.connection.model === model))
        this.#optionsInForce.set(model, this.#options);
      // Another age counts from the next decision, so nothing expires on time because of it.
      model.queue = model.queue.map((queued) => ({ ...queued, isWatched: false }));
    }
  }

  #assertHandle(slot: ComponentSlot): void {
    if (!isShown(slot) || !slot.handle) return;
    assertTrue('a component never flashes idle', !slot.hasFlashedIdle);
    const { handle } = slot;
    assertSame('whether the handle has a connection', handle.connection !== null, slot.connection !== null);
    const state = slot.isEnabled && slot.connection ? slot.connection.connection.getState() : null;
    assertSame('the status that the component shows', handle.status, state?.status ?? 'idle');
    if (!slot.connection) {
      assertSame('the result of send() without a connection', handle.send('nothing'), 'refused');
      return;
    }
    const { connection } = slot.connection;
    assertTrue('the handle has the connection', handle.connection === connection);
    assertTrue('send keeps its identity', handle.send === connection.send);
    assertTrue('close keeps its identity', handle.close === connection.close);
    if (!state) return;
    const { attempt, retryAt } = state;
    assertSame('what the component shows', [handle.attempt, handle.retryAt], [attempt, retryAt]);
  }

  #canStillAct(connection: ConnectionUnderTest): boolean {
    const { model } = connection;
    const isKept =
      this.#given.includes(connection) || this.slots.some((slot) => slot.connection === connection);
    return isKept || model.observers.size > 0 || model.timers.size > 0;
  }

  #recordTrace(): void {
    const { sockets } = this.runner.server;
    const shown = this.slots.map((slot) => (isShown(slot) ? slot.handle?.status : null));
    const wires = sockets.map(({ url, sent, closeCalls }) => [url, sent.length, closeCalls.length]);
    const log = this.runner.pastLog.splice(0);
    // The order among components differs, because Effects that start again are the last in line.
    const byName = [ownerOf(urlOf(0)), ownerOf(urlOf(1)), 'a', 'b'].map((name) =>
      log.filter(({ to }) => to === name),
    );
    this.trace.push(JSON.stringify([byName, shown, wires]));
  }

  #render(): void {
    const tree = <Tree sequence={this} />;
    act(() => {
      if (this.#view) this.#view.rerender(tree);
      else this.#view = render(tree, { reactStrictMode: this.scene.isStrict });
    });
  }

  /** What a component passes to the hook: everything inline. Its callbacks act on the connection that it rendered. */
  argumentsOf(
    slot: ComponentSlot,
    rendered: { readonly connection: Connection<unknown, unknown> | null },
  ): [WebSocketSource<unknown, unknown>, WebSocketOptions<unknown, unknown>] {
    const { runner, scene } = this;
    const { which } = slot;
    const react = (on: CallbackName): void => {
      if (rendered.connection) runner.react(on, rendered.connection);
    };
    const own = { enabled: slot.isEnabled, ...runner.callbacksOf(slot.name, react) };
    if (which === null) return [null, own];
    if (scene.mode === 'given') return [this.#given[which]?.connection ?? null, own];
    const options = { ...runner.optionsOf(this.#options), ...own, share: scene.mode === 'share' };
    const url = this.#urlOf(slot, which);
    return scene.hasKeys ? [runner.urlOf(url), { ...options, key: which }] : [url, options];
  }
}

const isShown = ({ isMounted, isHidden, isSuspended }: ComponentSlot): boolean =>
  isMounted && !isHidden && !isSuspended;

function Tree({ sequence }: { readonly sequence: ReactSequence }): ReactElement {
  return (
    <>
      {sequence.slots.map((slot) => (
        <Activity key={slot.name} mode={slot.isHidden ? 'hidden' : 'visible'}>
          <Suspense>
            {slot.isMounted && <Client key={slot.life} sequence={sequence} slot={slot} />}
            {slot.isMounted && slot.isSuspended && <Suspending />}
          </Suspense>
        </Activity>
      ))}
    </>
  );
}

function Client({
  sequence,
  slot,
}: {
  readonly sequence: ReactSequence;
  readonly slot: ComponentSlot;
}): null {
  const rendered = { connection: null as Connection<unknown, unknown> | null };
  const [source, options] = sequence.argumentsOf(slot, rendered);
  // The contract of a sequence may be none, which the types of the hook tell apart.
  const handle = useWebSocket<unknown, unknown>(source as Connection<unknown, unknown> | null, options);
  rendered.connection = handle.connection;
  if (slot.isEnabled && !slot.isHidden && handle.connection && handle.status === 'idle')
    slot.hasFlashedIdle = true;
  slot.handle = handle;
  slot.renders += 1;
  return null;
}

function Suspending(): never {
  return suspend();
}
