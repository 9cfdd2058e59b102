import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReactLab } from './reactLab.js';
import { busySteps, insertions, reactOptions, type ReactStep, reactSteps, scene } from './reactSteps.js';
import { MINUTES, runs } from './runs.js';

beforeEach(() => {
  vi.useFakeTimers();
  // Components that share a connection and do not agree are warned of.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Puts idle steps in. */
function mix(steps: readonly ReactStep[], idle: readonly { after: number; step: ReactStep }[]): ReactStep[] {
  return steps.flatMap((step, index) => [
    step,
    ...idle.filter(({ after }) => after === index).map((each) => each.step),
  ]);
}

describe('useWebSocket', () => {
  it(
    'does what the model says in two components, whatever happens',
    async () => {
      let ties = 0;
      const parameters = runs(1_500);
      await fc.assert(
        fc.asyncProperty(scene, reactOptions, reactSteps, fc.nat(), async (where, chosen, steps, draws) => {
          const { isTie } = await new ReactLab(where, chosen, draws).play(steps);
          ties += Number(isTie);
        }),
        parameters,
      );
      expect(ties).toBeLessThan(parameters.numRuns / 20);
    },
    5 * MINUTES,
  );

  it(
    'shows the same with StrictMode, idle renders and Effects that end and begin again',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          scene,
          reactOptions,
          busySteps,
          insertions,
          fc.nat(),
          async (where, chosen, steps, idle, draws) => {
            const plain = new ReactLab({ ...where, isStrict: false }, chosen, draws);
            const { isTie } = await plain.play(steps);
            if (isTie) return;
            const busy = new ReactLab({ ...where, isStrict: true }, chosen, draws);
            await busy.play(mix(steps, idle));
            expect(busy.trace).toEqual(plain.trace);
          },
        ),
        runs(500),
      );
    },
    5 * MINUTES,
  );
});
