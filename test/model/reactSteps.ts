/** What can happen to two components, as data. */
import fc from 'fast-check';
import { calls, options, outside, type Step } from './steps.js';
import type { ModelOptions } from './modelTypes.js';

/** Whose connections the two components use: their own, a shared one, or those of the application. */
export type Mode = 'own' | 'share' | 'given';

/** What a parent can do to its children. */
export type TreeStep =
  | { readonly do: 'mount' | 'unmount' | 'hide' | 'show' | 'suspend' | 'resume' }
  | { readonly do: 'url'; readonly which: 0 | 1 | null }
  | { readonly do: 'enable'; readonly value: boolean }
  | { readonly do: 'options'; readonly change: Partial<ModelOptions> };

/** Steps that must change nothing: a render with the same props, and Effects that are cleaned up and start again. */
export interface NeutralStep {
  readonly do: 'render again' | 'hide and show';
}

/** A step of one of the two components, or of its connection. */
export type ReactStep = { readonly slot: 0 | 1 } & (Step | TreeStep | NeutralStep);

export interface Scene {
  readonly mode: Mode;
  readonly isStrict: boolean;
  /** Whether the URL is a function, with a key that tells one from another. */
  readonly hasKeys: boolean;
}

const tree: readonly fc.WeightedArbitrary<TreeStep | NeutralStep>[] = [
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
const neutral: fc.WeightedArbitrary<NeutralStep> = {
  weight: 3,
  arbitrary: fc.record({ do: fc.constantFrom('render again' as const, 'hide and show' as const) }),
};

const slot = fc.constantFrom<(0 | 1)[]>(0, 0, 1);
const inSlot = <T extends object>(step: T, which: 0 | 1): T & { slot: 0 | 1 } => ({ ...step, slot: which });

const begin: ReactStep = { do: 'mount', slot: 0 };
const sequenceOf = (steps: readonly fc.WeightedArbitrary<Step | TreeStep | NeutralStep>[]) =>
  fc
    .array(
      fc.tuple(fc.oneof(...steps), slot).map(([step, which]): ReactStep => inSlot(step, which)),
      { maxLength: 30, size: 'max' },
    )
    .map((sequence) => [begin, ...sequence]);

/** A sequence for two components. It begins with one of them, since nothing happens before. */
export const reactSteps: fc.Arbitrary<ReactStep[]> = sequenceOf([...outside, ...calls, ...tree, neutral]);

/** The same without steps that change nothing. */
export const busySteps: fc.Arbitrary<ReactStep[]> = sequenceOf([...outside, ...calls, ...tree]);

/** NeutralStep steps and where they are put in: after how many steps. */
export const insertions: fc.Arbitrary<{ after: number; step: ReactStep }[]> = fc.array(
  fc.record({
    after: fc.nat({ max: 30 }),
    step: fc.tuple(neutral.arbitrary, slot).map(([step, which]): ReactStep => inSlot(step, which)),
  }),
  { maxLength: 15 },
);

export const scene: fc.Arbitrary<Scene> = fc.record({
  mode: fc.constantFrom<Mode[]>('own', 'own', 'share', 'given'),
  isStrict: fc.boolean(),
  hasKeys: fc.boolean(),
});

/** Greetings belong to the play of the core. */
export const reactOptions: fc.Arbitrary<ModelOptions> = options.map((chosen) => ({
  ...chosen,
  greets: false,
}));
