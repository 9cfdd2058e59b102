/** What can happen to two components, as data. */
import fc from 'fast-check';
import { calls, options, outside, type Step } from './steps.js';
import type { ModelOptions } from './world.js';

/** How the two components come by their connections. */
export type Mode = 'own' | 'share' | 'given';

/** What a parent can do to its children. */
export type TreeStep =
  | { readonly do: 'mount' | 'unmount' | 'hide' | 'show' | 'suspend' | 'resume' }
  | { readonly do: 'url'; readonly which: 0 | 1 | null }
  | { readonly do: 'enable'; readonly value: boolean }
  | { readonly do: 'options'; readonly change: Partial<ModelOptions> };

/** Steps that must change nothing: a render with the same props, Effects that end and begin again. */
export interface Idle {
  readonly do: 'render again' | 'blink';
}

/** A step of, or on the connection of, one of the two. */
export type ReactStep = { readonly slot: 0 | 1 } & (Step | TreeStep | Idle);

export interface Scene {
  readonly mode: Mode;
  readonly isStrict: boolean;
  /** The URL is a function, and a key says which. */
  readonly hasKeys: boolean;
}

const tree: readonly fc.WeightedArbitrary<TreeStep | Idle>[] = [
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('mount' as const, 'mount' as const, 'unmount' as const) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('hide' as const, 'show' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('suspend' as const, 'resume' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('url' as const),
      which: fc.constantFrom<(0 | 1 | null)[]>(0, 1, 1, null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('enable' as const), value: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: options.chain((other) =>
      fc
        .constantFrom<(keyof ModelOptions)[]>(
          ...([
            'reconnect',
            'reconnect',
            'sendQueue',
            'connectTimeout',
            'onViolation',
            'linger',
            'pageAware',
          ] as const),
        )
        .map((name) => ({ do: 'options' as const, change: { [name]: other[name] } })),
    ),
  },
];
const idle: fc.WeightedArbitrary<Idle> = {
  weight: 3,
  arbitrary: fc.record({ do: fc.constantFrom('render again' as const, 'blink' as const) }),
};

const slot = fc.constantFrom<(0 | 1)[]>(0, 0, 1);
const inSlot = <T extends object>(step: T, which: 0 | 1): T & { slot: 0 | 1 } => ({ ...step, slot: which });

const begin: ReactStep = { do: 'mount', slot: 0 };
const sequenceOf = (steps: readonly fc.WeightedArbitrary<Step | TreeStep | Idle>[]) =>
  fc
    .array(
      fc.tuple(fc.oneof(...steps), slot).map(([step, which]): ReactStep => inSlot(step, which)),
      { maxLength: 30, size: 'max' },
    )
    .map((sequence) => [begin, ...sequence]);

/** A sequence for two components. It begins with one of them, since nothing happens before. */
export const reactSteps: fc.Arbitrary<ReactStep[]> = sequenceOf([...outside, ...calls, ...tree, idle]);

/** The same without steps that change nothing. */
export const busySteps: fc.Arbitrary<ReactStep[]> = sequenceOf([...outside, ...calls, ...tree]);

/** Idle steps and where they are put in: after how many steps. */
export const insertions: fc.Arbitrary<{ after: number; step: ReactStep }[]> = fc.array(
  fc.record({
    after: fc.nat({ max: 30 }),
    step: fc.tuple(idle.arbitrary, slot).map(([step, which]): ReactStep => inSlot(step, which)),
  }),
  { maxLength: 15 },
);

export const scene: fc.Arbitrary<Scene> = fc.record({
  mode: fc.constantFrom<Mode[]>('own', 'own', 'share', 'given'),
  isStrict: fc.boolean(),
  hasKeys: fc.boolean(),
});

/** Components greet nobody. */
export const reactOptions: fc.Arbitrary<ModelOptions> = options.map((chosen) => ({
  ...chosen,
  greets: false,
}));
