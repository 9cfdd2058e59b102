/** Plays a sequence against `createConnection`, without React. */
import { createConnection } from '../../src/core/index.js';
import { ownerOf } from './messageAccounting.js';
import { ModelRunner, TimerTie } from './modelRunner.js';
import { performStep } from './performStep.js';
import { ReferenceModel } from './referenceModel.js';
import type { CoreStep } from './steps.js';
import { outgoing } from './testMessages.js';
import type { ModelOptions } from './modelTypes.js';

const URL = 'wss://example.com/quotes';

export interface PlayedSequence {
  /** The sequence ended early, because two timers were due at the same time. */
  readonly isTie: boolean;
  readonly statuses: ReadonlySet<string>;
}

export async function playCoreSequence(
  options: ModelOptions,
  steps: readonly CoreStep[],
  seed: number,
): Promise<PlayedSequence> {
  const runner = new ModelRunner(options, seed);
  const kind = { isOfApplication: true, canRefresh: true };
  const model = new ReferenceModel(runner.environment, URL, () => options, kind);
  const connection = createConnection<unknown, unknown>(runner.urlOf(URL), {
    ...runner.optionsOf(options),
    ...runner.callbacksOf(ownerOf(URL), (on) => {
      if (on === 'open' && options.greets) connection.send(outgoing(options.contract, 'hello'));
      runner.react(on, connection);
    }),
  });
  const underTest = runner.add(model, connection, () => runner.react('state', connection));
  const releases = new Map<number, () => void>();
  const statuses = new Set<string>();

  const leave = (by: number): void => {
    const release = releases.get(by);
    if (!release) return;
    releases.delete(by);
    release();
    model.removeObserver(`observer ${by}`, {
      name: `observer ${by}`,
      reason: 'unmounted',
      hasCallbacks: false,
      shownReason: (reason) => reason,
      onReleased: () => undefined,
    });
  };
  try {
    await runner.check();
    for (const step of steps) {
      switch (step.do) {
        case 'use':
          if (!releases.has(step.by)) {
            releases.set(step.by, connection.retain());
            model.addObserver(`observer ${step.by}`, false);
          }
          await runner.check();
          break;
        case 'leave':
          leave(step.by);
          await runner.check();
          break;
        default:
          await performStep(runner, step, underTest);
      }
      statuses.add(model.status);
    }
    for (const by of [...releases.keys()]) leave(by);
    await runner.check();
    await runner.advance(options.linger);
    runner.finish();
    return { isTie: false, statuses };
  } catch (error) {
    if (error instanceof TimerTie) return { isTie: true, statuses };
    throw error;
  } finally {
    // A sequence that ended early must not disturb the next one.
    for (const release of releases.values()) release();
    connection.close();
    runner.dispose();
  }
}
