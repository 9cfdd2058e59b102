/** What a component and its Effects come to, for the model: who holds which connection. */
import type { WebSocketHandle } from '../../src/index.js';
import type { Pair } from './lab.js';
import type { Departed } from './ledger.js';

/** One of the two places where a component can be mounted. */
export interface Slot {
  readonly name: string;
  /** Whether its connections are those of components. */
  readonly isOwner: boolean;
  which: 0 | 1 | null;
  isEnabled: boolean;
  isMounted: boolean;
  isHidden: boolean;
  /** It is there, and Suspense shows something else in its place. */
  isSuspended: boolean;
  /** How often something was mounted here: each time is a component of its own. */
  life: number;
  /** How often its parent has rendered. */
  renders: number;
  /** What the component has rendered last. */
  handle: WebSocketHandle<unknown, unknown> | null;
  /** How often the component has rendered. */
  rendered: number;
  /** The connection that it has, mounted or not. */
  pair: Pair | null;
  /** What its Effects have done; `null` while there are none. */
  effects: Effects | null;
  /** What it has now, hidden or not; shared by all Effects of one component. */
  instance: { current: Pair | null };
}

interface Effects {
  readonly pair: Pair;
  readonly isUser: boolean;
}

export const createSlot = (name: string, isOwner: boolean): Slot => ({
  name,
  isOwner,
  which: 0,
  isEnabled: true,
  isMounted: false,
  isHidden: false,
  isSuspended: false,
  life: 0,
  renders: 0,
  handle: null,
  rendered: 0,
  pair: null,
  effects: null,
  instance: { current: null },
});

/** The Effects of a component begin. */
export function begin(slot: Slot, pair: Pair, isUser: boolean): void {
  slot.effects = { pair, isUser };
  slot.instance.current = pair;
  if (isUser) pair.model.retain(slot.name, true);
  else pair.model.standBy(describe(slot, pair));
}

/** How a component stands to a connection that it does not use. */
function describe(slot: Slot, pair: Pair): Departed {
  const { life, name } = slot;
  return {
    user: name,
    // A hidden one is: what it has queued is handed back for the reason that there is.
    isThere: () => slot.life === life && slot.isMounted,
    standsBy: () =>
      slot.effects?.pair === pair || (slot.isOwner && slot.isHidden && slot.instance.current === pair),
  };
}

/** They end; the connection follows when nobody has come back to it. */
export function end(slot: Slot, onGone: (pair: Pair) => void): void {
  const { effects, instance } = slot;
  slot.effects = null;
  instance.current = slot.isMounted ? slot.pair : null;
  if (!effects) return;
  const { pair } = effects;
  const who = describe(slot, pair);
  pair.model.release(slot.name, {
    reason: () => (instance.current !== null && instance.current !== pair ? 'replaced' : 'unmounted'),
    ...who,
    onGone: () => onGone(pair),
  });
}
