import { attempt } from './listeners.js';
import type { ConnectionCallbacks, Setup } from './options.js';
import { createTimer, inMicrotask } from './timer.js';

/** Somebody who uses a connection and wants to be told. */
export interface Holder<In, Out> {
  /** The newest ones; `onMessage` is not among them, it is a listener of its own. */
  callbacks: ConnectionCallbacks<In, Out>;
  /** Its newest options, if it has any: those of the first holder are in force. */
  setup?: Setup<In, Out> | null;
  /** The connection that it has committed to, held now or hidden by Activity; `null` once it is gone. */
  present?: unknown;
}

/** The callbacks that a connection calls by name; messages have listeners of their own. */
type Told<In, Out> = Required<Omit<ConnectionCallbacks<In, Out>, 'onMessage'>>;

/** Who uses a connection. */
export interface Holders<In, Out> {
  /** Whether anybody does. */
  readonly isUsed: () => boolean;
  /** The options in force. */
  readonly getSetup: () => Setup<In, Out>;
  /** Calls everybody's callback of this name. */
  readonly tell: <Name extends keyof Told<In, Out>>(
    name: Name,
    info: Parameters<NonNullable<Told<In, Out>[Name]>>[0],
  ) => void;
  /** Adds one; with `uses` false it only stands by. Returns what takes it out. */
  readonly hold: (holder: Holder<In, Out>, uses: boolean) => () => void;
  /** Forgets those who have gone; returns whether anybody is left to whom the connection belongs. */
  readonly forget: () => boolean;
}

/** What holders mean to their connection. */
export interface HoldersEvents<In, Out> {
  readonly isIdle: () => boolean;
  /** Whether it is still the connection of this one. */
  readonly isOf: (holder: Holder<In, Out>) => boolean;
  /** Whether there is anything to hand back. */
  readonly hasQueued: () => boolean;
  /** How long it stays when nobody uses it any more, in ms. */
  readonly getLinger: () => number;
  /** Another one uses it. */
  readonly onUsed: () => void;
  /** Nobody has used it for `linger`. */
  readonly onUnused: (last: Holder<In, Out>) => void;
}

/**
 * Creates the holders of a connection: `owner` is told of everything and does not keep it. A connection that
 * `isOwned` belongs to components, and is dialled by the options of the first of them.
 */
export function createHolders<In, Out>(
  setup: Setup<In, Out>,
  owner: Holder<In, Out>,
  isOwned: boolean,
  { isIdle, isOf, hasQueued, getLinger, onUsed, onUnused }: HoldersEvents<In, Out>,
): Holders<In, Out> {
  const users = new Set<Holder<In, Out>>();
  /** Those who stand by, are hidden, or left last: what is given up while nobody uses it was theirs. */
  const bystanders = new Set<Holder<In, Out>>();
  const timer = createTimer();
  /** The timer runs, or there is none because it would never end. */
  let isLingering = false;
  /** Whose options are in force. */
  let leader: Holder<In, Out> | undefined;

  const isUsed = (): boolean => users.size > 0;
  const getSetup = (): Setup<In, Out> => leader?.setup ?? setup;
  const start = (): void => {
    if (isUsed()) onUsed();
  };
  const forget = (): boolean => {
    for (const holder of bystanders) if (!holder.setup || !isOf(holder)) bystanders.delete(holder);
    return bystanders.size > 0;
  };

  return {
    isUsed,
    getSetup,
    tell(name, info) {
      for (const holder of [owner, ...(name === 'onDrop' && !isUsed() ? bystanders : users)]) {
        const callback = holder.callbacks[name] as ((told: typeof info) => void) | undefined;
        if (callback) attempt(callback, info);
      }
    },
    hold(holder, uses) {
      // A holder that goes on without using it does not keep it either.
      if (uses || isIdle()) {
        timer();
        isLingering = false;
      }
      if (holder.setup) leader ??= holder;
      if (uses) {
        forget();
        users.add(holder);
      } else bystanders.add(holder);
      // The Effects of children come before those of the component that the connection belongs to, in the same tick.
      if (isOwned && !leader) inMicrotask(start);
      else start();
      let isGone = false;
      return () => {
        if (isGone) return;
        isGone = true;
        const hasUsed = users.delete(holder);
        bystanders.add(holder);
        inMicrotask(() => {
          if (isUsed()) forget();
        });
        if (leader === holder) {
          setup = getSetup();
          leader = [...users].find((user) => user.setup);
        }
        // Who only stood by does not make it last longer, and is owed only what is queued.
        if (isUsed() || (isLingering && !hasUsed)) {
          if (!hasUsed && !isOf(holder) && !hasQueued()) bystanders.delete(holder);
          return;
        }
        isLingering = true;
        timer(getLinger(), () => {
          isLingering = false;
          onUnused(holder);
        });
      };
    },
    forget,
  };
}
