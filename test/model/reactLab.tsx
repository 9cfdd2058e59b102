/** Plays a sequence against `useWebSocket` in two components. */
import { act, cleanup, render } from '@testing-library/react';
import { Activity, type ReactElement, Suspense } from 'react';
import { vi } from 'vitest';
import {
  createConnection,
  useWebSocket,
  type WebSocketOptions,
  type WebSocketSource,
} from '../../src/index.js';
import { suspend } from '../support/reactFakes.js';
import { holds, same } from './check.js';
import { Lab, type Pair, Tie } from './lab.js';
import { ownerOf } from './ledger.js';
import { perform } from './perform.js';
import type { ReactStep, Scene } from './reactSteps.js';
import { Reference } from './reference.js';
import { begin, createSlot, end, type Slot } from './slot.js';
import type { ModelOptions } from './world.js';

const urlOf = (which: number): string => `wss://example.com/${which}`;
const happenInAct = (happen: () => void): void => {
  act(happen);
};
const CALLS = ['send', 'send rubbish', 'close', 'reconnect'];

export class ReactLab {
  readonly lab: Lab;
  readonly slots: readonly [Slot, Slot];
  /** What was seen after every step of the sequence. */
  readonly trace: string[] = [];
  readonly #inUse = new Map<number, Pair>();
  readonly #given: readonly Pair[];
  /** What each connection goes by, as long as somebody can change it. */
  readonly #optionsOf = new Map<Reference, ModelOptions>();
  #present: ModelOptions;
  #view: Pick<ReturnType<typeof render>, 'rerender'> | null = null;

  constructor(
    readonly scene: Scene,
    readonly options: ModelOptions,
    seed: number,
  ) {
    this.#present = options;
    const isOwner = scene.mode !== 'given';
    this.slots = [createSlot('a', isOwner), createSlot('b', isOwner)];
    this.lab = new Lab(options, seed, happenInAct, scene.mode === 'given' || scene.hasKeys);
    this.#given = scene.mode === 'given' ? [0, 1].map((which) => this.#give(which)) : [];
  }

  async play(steps: readonly ReactStep[]): Promise<{ readonly isTie: boolean }> {
    try {
      for (const step of steps) {
        await this.#take(step);
        if (step.do !== 'blink' && step.do !== 'render again') this.#note();
      }
      for (const slot of this.slots)
        await this.#take({ do: 'unmount', slot: this.slots.indexOf(slot) as 0 | 1 });
      await this.lab.advance(9_000);
      this.lab.finish();
      return { isTie: false };
    } catch (error) {
      if (error instanceof Tie) return { isTie: true };
      throw error;
    } finally {
      cleanup();
      happenInAct(() => vi.advanceTimersByTime(9_000));
      this.lab.dispose();
    }
  }

  async #take(step: ReactStep): Promise<void> {
    const slot = this.slots[step.slot];
    const { isMounted, isHidden, isSuspended, rendered } = slot;
    const seen = slot.pair?.connection.getState();
    switch (step.do) {
      case 'mount':
        if (isMounted) break;
        Object.assign(slot, { isMounted: true, isHidden: false, isSuspended: false, isEnabled: true });
        Object.assign(slot, { which: 0, pair: null, instance: { current: null }, life: slot.life + 1 });
        this.#commit(slot, true);
        break;
      case 'unmount':
        if (!isMounted) break;
        slot.isMounted = false;
        this.#commit(slot);
        // It has held nothing, and hands back what was queued meanwhile.
        if (isHidden && slot.pair && this.scene.mode !== 'given') {
          begin(slot, slot.pair, false);
          end(slot, (pair) => this.#forget(pair));
        }
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
        break;
      case 'url':
      case 'enable':
        if (!isMounted || isHidden || isSuspended) break;
        if (step.do === 'url') slot.which = step.which;
        // A component that is not enabled must not stand in line for a shared connection.
        else if (this.scene.mode !== 'share') slot.isEnabled = step.value;
        this.#commit(slot);
        break;
      case 'options':
        // What waits is not committed.
        if (!this.slots.some((each) => each.isMounted && each.isSuspended)) this.#change(step.change);
        break;
      case 'render again':
        this.#render();
        break;
      case 'blink':
        if (!isMounted || isHidden || isSuspended || !slot.isEnabled) break;
        slot.isHidden = true;
        this.#render();
        slot.isHidden = false;
        this.#render();
        break;
      default: {
        const isCall = CALLS.includes(step.do);
        // What others leave behind in the same tick as one that is hidden is told to both.
        const cannotCall = !isMounted || slot.which === null || (isHidden && this.scene.mode !== 'own');
        if (slot.pair && !(isCall && cannotCall)) await perform(this.lab, step, slot.pair);
        else if (step.do === 'advance') await this.lab.advance(Number(step.by) || 1_000);
        // No render without a change of the state.
        if (slot.pair?.connection.getState() === seen) same('renders', slot.rendered, rendered);
      }
    }
    await this.lab.check();
    this.slots.forEach((each) => this.#checkHandle(each));
    this.lab.pairs = this.lab.pairs.filter((pair) => this.#isWatched(pair));
  }

  /**
   * One component has changed: its Effects end, and begin again with what it is now; twice, where StrictMode
   * does that to a component that has just appeared.
   */
  #commit(slot: Slot, hasAppeared = false): void {
    const { mode } = this.scene;
    this.#render();
    const isThere = slot.isMounted && !slot.isHidden;
    const former = slot.pair;
    if (isThere) slot.pair = this.#find(slot);
    const isUser = isThere && slot.isEnabled && slot.pair !== null;
    const isSame = slot.effects !== null && slot.effects.pair === slot.pair && slot.effects.isUser === isUser;
    if (isThere && isSame) return;
    end(slot, (pair) => this.#forget(pair));
    if (!isThere || !slot.pair) return;
    if (mode === 'share' && slot.which !== null) this.#inUse.set(slot.which, slot.pair);
    if (former && former !== slot.pair && former.model.url === slot.pair.model.url) {
      // It came back with a connection that has been shared anew meanwhile, and gives it up, by its own options.
      this.#optionsOf.set(former.model, this.#present);
      begin(slot, former, false);
      end(slot, () => undefined);
    }
    if (!isUser && mode === 'given') return;
    this.#optionsOf.set(slot.pair.model, this.#present);
    begin(slot, slot.pair, isUser);
    if (!hasAppeared || !this.scene.isStrict) return;
    end(slot, () => undefined);
    begin(slot, slot.pair, isUser);
  }

  /** Nobody shares it any more. */
  #forget(pair: Pair): void {
    for (const [which, known] of this.#inUse) if (known === pair) this.#inUse.delete(which);
  }

  /** The connection that a component must have now. */
  #find(slot: Slot): Pair | null {
    const { which, handle, pair } = slot;
    if (which === null) return null;
    if (this.scene.mode === 'given') return this.#given[which] ?? null;
    const shared = this.#inUse.get(which);
    if (shared && !shared.model.hasFailedUnused) return shared;
    const url = this.#urlOf(slot, which);
    if (pair?.model.url === url) return pair;
    const { connection } = handle ?? { connection: null };
    if (!connection) throw new Error('the handle has no connection');
    const getOptions = (): ModelOptions => this.#optionsOf.get(model) ?? this.options;
    const model: Reference = new Reference(this.lab.world, url, getOptions, false);
    this.#optionsOf.set(model, this.#present);
    return this.lab.add(model, connection);
  }

  /** Components with connections of their own have URLs of their own, so that their sockets can be told apart. */
  #urlOf({ name, life }: Slot, which: number): string {
    return urlOf(which) + (this.scene.mode === 'own' ? `${name}${life}` : '');
  }

  #give(which: number): Pair {
    const { lab, options } = this;
    const connection = createConnection<unknown, unknown>(lab.urlOf(urlOf(which)), {
      ...lab.optionsOf(options),
      ...lab.callbacksOf(ownerOf(urlOf(which))),
    });
    return lab.add(new Reference(lab.world, urlOf(which), () => options, true), connection);
  }

  /** Other options, for every connection that is in use. */
  #change(change: Partial<ModelOptions>): void {
    if (this.scene.mode === 'given') return;
    this.#present = { ...this.#present, ...change };
    this.#render();
    for (const { model } of this.lab.pairs) {
      if (this.slots.some(({ effects }) => effects?.pair.model === model))
        this.#optionsOf.set(model, this.#present);
      // Another age takes effect from the next decision: nobody looks at the queue for it.
      model.queue = model.queue.map((queued) => ({ ...queued, isWatched: false }));
    }
  }

  #checkHandle(slot: Slot): void {
    if (!isShown(slot) || !slot.handle) return;
    const { handle, pair } = slot;
    same('whether the handle has a connection', handle.connection !== null, pair !== null);
    const shown = slot.isEnabled && pair ? pair.connection.getState() : { status: 'idle' };
    holds(`the component shows ${handle.status} instead of ${shown.status}`, handle.status === shown.status);
    if (!pair) {
      same('send() without a connection', handle.send('nothing'), 'refused');
      return;
    }
    const { connection } = pair;
    holds('the component has another connection', handle.connection === connection);
    holds('the functions of the handle change', handle.send === connection.send);
    holds('the functions of the handle change', handle.close === connection.close);
    if (slot.isEnabled) {
      const { attempt, retryAt } = connection.getState();
      same('what the component shows', [handle.attempt, handle.retryAt], [attempt, retryAt]);
    }
  }

  #isWatched(pair: Pair): boolean {
    const { model } = pair;
    const isKept = this.#given.includes(pair) || this.slots.some((slot) => slot.pair === pair);
    return isKept || model.users.size > 0 || model.timers.size > 0;
  }

  #note(): void {
    const { sockets } = this.lab.server;
    const shown = this.slots.map((slot) => (isShown(slot) ? slot.handle?.status : null));
    const wires = sockets.map(({ url, sent, closeCalls }) => [url, sent.length, closeCalls.length]);
    const heard = this.lab.heard.splice(0);
    // Who is told first depends on who came last, and Effects that begin again come last.
    const each = [ownerOf(urlOf(0)), ownerOf(urlOf(1)), 'a', 'b'].map((name) =>
      heard.filter(({ to }) => to === name),
    );
    this.trace.push(JSON.stringify([each, shown, wires]));
  }

  #render(): void {
    const tree = <Tree lab={this} />;
    act(() => {
      if (this.#view) this.#view.rerender(tree);
      else this.#view = render(tree, { reactStrictMode: this.scene.isStrict });
    });
  }

  /** What a component passes to the hook: everything inline. */
  propsOf(slot: Slot): [WebSocketSource<unknown, unknown>, WebSocketOptions<unknown, unknown>] {
    const { lab, scene } = this;
    const { which } = slot;
    const own = { enabled: slot.isEnabled, ...lab.callbacksOf(slot.name) };
    if (which === null) return [null, own];
    if (scene.mode === 'given') return [this.#given[which]?.connection ?? null, own];
    const options = { ...lab.optionsOf(this.#present), ...own, share: scene.mode === 'share' };
    const url = this.#urlOf(slot, which);
    return scene.hasKeys ? [lab.urlOf(url), { ...options, key: which }] : [url, options];
  }
}

const isShown = ({ isMounted, isHidden, isSuspended }: Slot): boolean =>
  isMounted && !isHidden && !isSuspended;

function Tree({ lab }: { readonly lab: ReactLab }): ReactElement {
  return (
    <>
      {lab.slots.map((slot) => (
        <Activity key={slot.name} mode={slot.isHidden ? 'hidden' : 'visible'}>
          <Suspense>
            {slot.isMounted && <Client key={slot.life} lab={lab} slot={slot} />}
            {slot.isMounted && slot.isSuspended && <Suspended />}
          </Suspense>
        </Activity>
      ))}
    </>
  );
}

function Client({ lab, slot }: { readonly lab: ReactLab; readonly slot: Slot }): null {
  slot.handle = useWebSocket<unknown, unknown>(...lab.propsOf(slot));
  slot.rendered += 1;
  return null;
}

function Suspended(): never {
  return suspend();
}
