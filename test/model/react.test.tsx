import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReactSequence } from './reactSequence.js';
import { busySteps, insertions, reactOptions, type ReactStep, reactSteps, scene } from './reactSteps.js';
import { MINUTE, runParameters } from './runParameters.js';

beforeEach(() => {
  vi.useFakeTimers();
  // Development warnings, such as that of components that share a connection with different options.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Puts neutral steps in. */
function insert(
  steps: readonly ReactStep[],
  neutral: readonly { after: number; step: ReactStep }[],
): ReactStep[] {
  return steps.flatMap((step, index) => [
    step,
    ...neutral.filter(({ after }) => after === index).map((each) => each.step),
  ]);
}

describe('useWebSocket', () => {
  it(
    'does what the reference model does in two components, in every sequence of events',
    async () => {
      let ties = 0;
      const parameters = runParameters(300);
      await fc.assert(
        fc.asyncProperty(scene, reactOptions, reactSteps, fc.nat(), async (where, chosen, steps, draws) => {
          const { isTie } = await new ReactSequence(where, chosen, draws).play(steps);
          ties += Number(isTie);
        }),
        parameters,
      );
      expect(ties).toBeLessThan(parameters.numRuns / 20);
    },
    10 * MINUTE,
  );

  it(
    'shows the same with StrictMode, with renders that change nothing and with Effects that start again',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          scene,
          reactOptions,
          busySteps,
          insertions,
          fc.nat(),
          async (where, chosen, steps, neutral, draws) => {
            const plain = new ReactSequence({ ...where, isStrict: false }, chosen, draws);
            const { isTie } = await plain.play(steps);
            if (isTie) return;
            const busy = new ReactSequence({ ...where, isStrict: true }, chosen, draws);
            await busy.play(insert(steps, neutral));
            expect(busy.trace).toEqual(plain.trace);
          },
        ),
        runParameters(100),
      );
    },
    10 * MINUTE,
  );
});
