import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { playCore } from './coreLab.js';
import { MINUTES, runs } from './runs.js';
import { coreSteps, options } from './steps.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('createConnection', () => {
  it(
    'does what the model says, whatever happens',
    async () => {
      const statuses = new Set<string>();
      let ties = 0;
      const parameters = runs(8_000);
      await fc.assert(
        fc.asyncProperty(options, coreSteps, fc.nat(), async (chosen, steps, draws) => {
          const played = await playCore(chosen, steps, draws);
          for (const status of played.statuses) statuses.add(status);
          ties += Number(played.isTie);
        }),
        parameters,
      );
      expect([...statuses].sort()).toEqual([
        'closed',
        'connecting',
        'failed',
        'idle',
        'open',
        'reconnecting',
      ]);
      expect(ties).toBeLessThan(parameters.numRuns / 20);
    },
    5 * MINUTES,
  );
});
