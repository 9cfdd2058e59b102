import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { playCoreSequence } from './coreSequence.js';
import { MINUTE, runParameters } from './runParameters.js';
import { coreSteps, options } from './steps.js';

beforeEach(() => {
  vi.useFakeTimers();
  // Development warnings, such as that of an application that calls reconnect() in a loop.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('createConnection', () => {
  it(
    'does what the reference model does in every sequence of events',
    async () => {
      const statuses = new Set<string>();
      let ties = 0;
      const parameters = runParameters(600);
      await fc.assert(
        fc.asyncProperty(options, coreSteps, fc.nat(), async (chosen, steps, draws) => {
          const played = await playCoreSequence(chosen, steps, draws);
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
    10 * MINUTE,
  );
});
