/** Everything that can happen to a connection, as data that fast-check can make and shrink. */
import fc from 'fast-check';
import type { CloseRule } from '../../src/core/index.js';
import type { DecideResult, ReconnectPolicy } from './referenceRules.js';
import type { DialOutcome, ModelOptions, Reaction } from './modelTypes.js';

/** Every step can be taken in every state, if only without effect, so any part of a sequence is a sequence. */
export type CoreStep = Step | { readonly do: 'use' | 'leave'; readonly by: number };

/** The steps that need no more than a connection. */
export type Step =
  | { readonly do: 'reconnect'; readonly times: number }
  | { readonly do: 'close'; readonly code?: number; readonly reason?: string }
  | { readonly do: 'send'; readonly padding: number }
  | { readonly do: 'send invalid' }
  | { readonly do: 'accept' | 'refuse' | 'settle' | 'begin to close' }
  | {
      readonly do: 'end';
      readonly code: number | undefined;
      readonly reason: string;
      readonly wasClean: boolean;
      readonly twice: boolean;
    }
  | { readonly do: 'error'; readonly isClosed: boolean }
  | { readonly do: 'message'; readonly what: 'good' | 'rubbish' | 'pong'; readonly count: number }
  | {
      readonly do: 'late event';
      readonly which: number;
      readonly event: 'open' | 'message' | 'error' | 'close';
    }
  | { readonly do: 'advance'; readonly by: number | 'due' | 'almost' }
  | { readonly do: 'online' | 'visible' | 'pageshow'; readonly value: boolean }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'break send'; readonly value: boolean }
  | { readonly do: 'outcome'; readonly outcome: DialOutcome; readonly closesInside: boolean };

const KNOWN_CODES = [
  1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015,
];
const OWN_CODES = [3000, 3003, 3008, 4000, 4001, 4999];

/** Codes that reconnect come more often than by chance, because most can go wrong in an outage. */
export const code: fc.Arbitrary<number | undefined> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(1001, 1002, 1005, 1006, 1011, 1012, 1013, 4001) },
  { weight: 4, arbitrary: fc.constantFrom(...KNOWN_CODES, ...OWN_CODES) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 65_535 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

const some = <Do extends string>(...names: Do[]): fc.Arbitrary<{ do: Do }> =>
  fc.constantFrom(...names).map((name) => ({ do: name }));

const ending = fc.record({
  do: fc.constant('end' as const),
  code,
  reason: fc.constantFrom('', 'deploy', 'état'),
  wasClean: fc.constantFrom(true, true, false),
  twice: fc.boolean(),
});
const advance = fc.record({
  do: fc.constant('advance' as const),
  by: fc.oneof(
    { weight: 6, arbitrary: fc.constant('due' as const) },
    { weight: 1, arbitrary: fc.constant('almost' as const) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 1_500 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 45_000 }) },
  ),
});
const message = fc.record({
  do: fc.constant('message' as const),
  what: fc.constantFrom('good' as const, 'good' as const, 'rubbish' as const, 'pong' as const),
  count: fc.integer({ min: 1, max: 3 }),
});
const closing = fc.record(
  {
    do: fc.constant('close' as const),
    code: fc.constantFrom(1000, 3000, 4999, 999, 1001, 5000),
    reason: fc.constantFrom('bye', 'x'.repeat(123), 'x'.repeat(124), 'é'.repeat(62)),
  },
  { requiredKeys: ['do'] },
);

/** What the server, the network, the page and the clock can do. */
export const outside: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 10, arbitrary: some('accept') },
  { weight: 3, arbitrary: some('refuse') },
  { weight: 8, arbitrary: ending },
  { weight: 2, arbitrary: some('settle') },
  { weight: 1, arbitrary: some('begin to close') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('error' as const), isClosed: fc.boolean() }) },
  { weight: 4, arbitrary: message },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('late event' as const),
      which: fc.nat({ max: 5 }),
      event: fc.constantFrom('open' as const, 'message' as const, 'error' as const, 'close' as const),
    }),
  },
  { weight: 14, arbitrary: advance },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('online' as const, 'online' as const, 'visible' as const, 'pageshow' as const),
      value: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('outcome' as const),
      outcome: fc.constantFrom<DialOutcome[]>('works', 'works', 'works', 'throws', 'blocked', 'bad url'),
      closesInside: fc.boolean(),
    }),
  },
  // Shorter than any sleep that counts, and longer than all.
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('sleep' as const),
      ms: fc.constantFrom(700, 4_000, 45_000, 400_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('break send' as const),
      value: fc.constantFrom(true, false, false),
    }),
  },
];

/** What the application can call. */
export const calls: readonly fc.WeightedArbitrary<Step>[] = [
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('reconnect' as const), times: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: closing },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('send' as const), padding: fc.constantFrom(0, 0, 40) }),
  },
  { weight: 1, arbitrary: some('send invalid') },
];

const use = fc.record({
  do: fc.constantFrom('use' as const, 'use' as const, 'leave' as const),
  by: fc.nat({ max: 2 }),
});

/** A sequence for a connection without React. It begins in use, since nothing happens before. */
export const coreSteps: fc.Arbitrary<CoreStep[]> = fc
  .array(fc.oneof(...outside, ...calls, { weight: 4, arbitrary: use }), { maxLength: 40, size: 'max' })
  .map((steps) => [{ do: 'use', by: 0 }, ...steps]);

const rule: fc.Arbitrary<CloseRule> = fc.constantFrom<CloseRule[]>(
  'stop',
  'fail',
  { minDelay: 200, maxDelay: 2_000 },
  { maxAttempts: 1 },
  { minDelay: 0, maxDelay: 8_000, widenAfter: 1 },
  { widenAfter: 0, widenTo: 40_000 },
);
const decideResult: fc.Arbitrary<DecideResult> = fc.constantFrom<DecideResult[]>(
  0,
  700,
  'stop',
  'fail',
  'nonsense',
  'throws',
);

const policy: fc.Arbitrary<ReconnectPolicy> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant<ReconnectPolicy>(false) },
  {
    weight: 6,
    arbitrary: fc.record(
      {
        minDelay: fc.constantFrom(0, 500, 1_000),
        maxDelay: fc.constantFrom(1_000, 3_000, 20_000),
        widenAfter: fc.constantFrom(0, 1, 2, 8),
        widenTo: fc.constantFrom(40_000, 120_000),
        maxAttempts: fc.constantFrom(0, 1, 2, 5),
        stableAfter: fc.constantFrom(0, 300, 20_000),
        codes: fc.dictionary(
          fc.constantFrom('1000', '1002', '1003', '1006', '1008', '1012', '1013', '3000', '4001'),
          rule,
          {
            maxKeys: 3,
            noNullPrototype: true,
          },
        ),
        decideResult,
      },
      { requiredKeys: [] },
    ),
  },
);

const reaction: fc.Arbitrary<Reaction> = fc.record({
  on: fc.constantFrom(
    'open' as const,
    'message' as const,
    'close' as const,
    'error' as const,
    'drop' as const,
    'state' as const,
  ),
  does: fc.constantFrom('reconnect' as const, 'reconnect' as const, 'close' as const, 'throw' as const),
});

/** Options that leave room for something to go wrong. */
export const options: fc.Arbitrary<ModelOptions> = fc
  .record({
    reconnect: policy,
    contract: fc.constantFrom('none' as const, 'text' as const, 'json' as const),
    onViolation: fc.constantFrom('report' as const, 'fail' as const),
    sendQueue: fc.oneof(
      fc.constant({ maxMessages: 100, maxBytes: 1_048_576, maxAge: 30_000 }),
      fc.record({
        maxMessages: fc.constantFrom(0, 2, 100),
        maxBytes: fc.constantFrom(100, 1_048_576),
        maxAge: fc.constantFrom(700, 6_000, Infinity),
      }),
    ),
    connectTimeout: fc.constantFrom(20_000, 1_700),
    heartbeat: fc.oneof(
      fc.constant(null),
      fc.constantFrom(
        { interval: 25_000, timeout: 10_000 },
        { interval: 1_100, timeout: 450 },
        { interval: 600, timeout: 1_500 },
      ),
    ),
    pageAware: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    linger: fc.constantFrom(0, 0, 130, 9_000),
    draw: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 3, arbitrary: fc.constantFrom(0, 0.5, 0.999) },
      { weight: 1, arbitrary: fc.constant('broken' as const) },
    ),
    greets: fc.boolean(),
    reaction: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: reaction }),
    isReporterBroken: fc.boolean(),
  })
  // Whether a wake-up changes the state depends on the draw, so a reaction to states needs draws that are known exactly.
  .map((chosen) =>
    chosen.reaction?.on === 'state' && chosen.draw !== 0 ? { ...chosen, draw: 0.5 } : chosen,
  );
