/** A place where a component can be mounted, and what its Effects do to the model. */
import type { WebSocketHandle } from '../../src/index.js';
import type { ConnectionUnderTest } from './modelRunner.js';
import type { Departure } from './referenceModel.js';

export interface ComponentSlot {
  readonly name: 'a' | 'b';
  /** Which URL, connection or key it uses. */
  which: 0 | 1 | null;
  isEnabled: boolean;
  isMounted: boolean;
  /** Whether Activity hides it. */
  isHidden: boolean;
  /** Whether it is mounted and Suspense shows a fallback in its place. */
  isSuspended: boolean;
  /** How often a component was mounted here: each time it is another one. */
  life: number;
  /** What the component rendered last. */
  handle: WebSocketHandle<unknown, unknown> | null;
  /** How often it has rendered. */
  renders: number;
  /** Whether it was enabled, with a connection, and rendered `idle`. */
  hasFlashedIdle: boolean;
  /** The connection that it has, mounted or not. */
  connection: ConnectionUnderTest | null;
  /** The connection that its Effects use, and whether they observe it; `null` while there are none. */
  effects: SlotEffects | null;
}

interface SlotEffects {
  readonly connection: ConnectionUnderTest;
  readonly observes: boolean;
}

export const createSlot = (name: 'a' | 'b'): ComponentSlot => ({
  name,
  which: 0,
  isEnabled: true,
  isMounted: false,
  isHidden: false,
  isSuspended: false,
  life: 0,
  handle: null,
  renders: 0,
  hasFlashedIdle: false,
  connection: null,
  effects: null,
});

/** The Effects of the component start. */
export function startEffects(slot: ComponentSlot, connection: ConnectionUnderTest, observes: boolean): void {
  slot.effects = { connection, observes };
  if (observes) connection.model.addObserver(slot.name, true);
}

/** They are cleaned up: the connection ends after `linger`, unless something uses it again. */
export function cleanUpEffects(
  slot: ComponentSlot,
  onReleased: (connection: ConnectionUnderTest) => void,
): void {
  const { effects } = slot;
  slot.effects = null;
  if (effects?.observes)
    effects.connection.model.removeObserver(slot.name, departureOf(slot, effects, onReleased));
}

/** The component is disabled: a connection of its own ends in the commit. */
export function disable(slot: ComponentSlot, connection: ConnectionUnderTest): void {
  const effects = { connection, observes: true };
  connection.model.disable(departureOf(slot, effects, () => undefined));
}

function departureOf(
  slot: ComponentSlot,
  { connection }: SlotEffects,
  onReleased: (connection: ConnectionUnderTest) => void,
): Departure {
  const { name, life } = slot;
  // Another connection, or none, has taken its place.
  const isSucceeded = slot.isMounted && slot.connection !== connection;
  const isReplaced = isSucceeded && slot.connection !== null;
  return {
    name,
    hasCallbacks: true,
    reason: isReplaced ? 'replaced' : 'unmounted',
    // After unmount there is one reason, but a connection that the component had left before keeps its own.
    shownReason: (reason) => (!isSucceeded && (slot.life !== life || !slot.isMounted) ? 'unmounted' : reason),
    onReleased: () => onReleased(connection),
  };
}
