/** Plays a sequence against `createConnection`, without React. */
import { createConnection } from '../../src/core/index.js';
import { Lab, Tie } from './lab.js';
import { ownerOf } from './ledger.js';
import { outgoing } from './messages.js';
import { perform } from './perform.js';
import { Reference } from './reference.js';
import type { CoreStep } from './steps.js';
import type { ModelOptions } from './world.js';

const URL = 'wss://example.com/quotes';

export interface Played {
  readonly isTie: boolean;
  readonly statuses: ReadonlySet<string>;
}

export async function playCore(
  options: ModelOptions,
  steps: readonly CoreStep[],
  seed: number,
): Promise<Played> {
  const lab = new Lab(options, seed);
  const greet = (): void => {
    if (options.greets) connection.send(outgoing(options.contract, 'hello'));
  };
  const model = new Reference(lab.world, URL, () => options, true);
  const connection = createConnection<unknown, unknown>(lab.urlOf(URL), {
    ...lab.optionsOf(options),
    ...lab.callbacksOf(ownerOf(URL), greet),
  });
  const pair = lab.add(model, connection);
  const releases = new Map<number, () => void>();
  const statuses = new Set<string>();

  const leave = (by: number): void => {
    const release = releases.get(by);
    if (!release) return;
    releases.delete(by);
    release();
    model.release(`user ${by}`);
  };
  try {
    await lab.check();
    for (const step of steps) {
      switch (step.do) {
        case 'use':
          if (!releases.has(step.by)) {
            releases.set(step.by, connection.retain());
            model.retain(`user ${step.by}`, false);
          }
          await lab.check();
          break;
        case 'leave':
          leave(step.by);
          await lab.check();
          break;
        default:
          await perform(lab, step, pair);
      }
      statuses.add(model.status);
    }
    for (const by of [...releases.keys()]) leave(by);
    await lab.check();
    await lab.advance(options.linger);
    lab.finish();
    return { isTie: false, statuses };
  } catch (error) {
    if (error instanceof Tie) return { isTie: true, statuses };
    throw error;
  } finally {
    // A sequence that has failed must not be heard in the next one.
    connection.close();
    lab.dispose();
  }
}
