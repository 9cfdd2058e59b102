/** Runs a cycle many times and measures which resources are not released. */
import { queryObjects } from 'node:v8';
import { vi } from 'vitest';
import type { FakeServer } from '../support/fakeSocket.js';
import { countPageListeners } from '../support/page.js';

/** The resources that the cycles did not release. */
export interface Leaks {
  /** Listeners on the window and the document. */
  readonly listeners: number;
  readonly timers: number;
  /** Sockets that are live or still have handlers. */
  readonly sockets: number;
  /** Connections that were not garbage-collected. */
  readonly connections: number;
  /** Objects per cycle, functions included. A leaked listener counts as at least one, wherever it is stored. */
  readonly objects: number;
  /** Heap growth per cycle in bytes, the minimum over the measured intervals: a leak grows in every interval. */
  readonly bytes: number;
}

/** What one cycle created. */
export interface CycleResult {
  readonly server: FakeServer;
  /** Connections that must be garbage-collected after the cycle. */
  readonly connections: Iterable<object>;
}

interface LeakSearch {
  readonly cycles: number;
  /** Cycles before the first measurement, in which caches fill and code is compiled. */
  readonly warmUp: number;
  /** The number of heap measurements after that. */
  readonly measurements: number;
  readonly cycle: (index: number) => CycleResult;
}

/** Collects garbage, then counts the objects and the bytes in use. */
async function measureHeap(): Promise<{ readonly objects: number; readonly bytes: number }> {
  // queryObjects collects all garbage first. The count is exact; the bytes also vary with compiled code.
  const objects = queryObjects(Object, { format: 'count' });
  // Finalizers run between tasks.
  await new Promise((resolve) => setImmediate(resolve));
  return { objects, bytes: process.memoryUsage().heapUsed };
}

/** Runs the cycles and returns what they did not release. Needs fake timers that leave `setImmediate` real. */
export async function findLeaks({ cycles, warmUp, measurements, cycle }: LeakSearch): Promise<Leaks> {
  let connections = 0;
  let sockets = 0;
  const registry = new FinalizationRegistry<null>(() => {
    connections -= 1;
  });
  const runCycle = (index: number): void => {
    const result = cycle(index);
    for (const { isLive, onopen, onmessage, onclose } of result.server.sockets) {
      if (isLive || (onopen ?? onmessage ?? onclose)) sockets += 1;
    }
    for (const connection of result.connections) {
      registry.register(connection, null);
      connections += 1;
    }
  };
  const runCycles = async (from: number, to: number): Promise<void> => {
    for (let index = from; index < to; index += 1) {
      runCycle(index);
      await Promise.resolve();
    }
  };

  await runCycles(0, warmUp);
  const page = countPageListeners();
  const timers = vi.getTimerCount();
  const first = await measureHeap();
  const cyclesPerMeasurement = cycles / measurements;
  let last = first;
  let bytes = Infinity;
  for (let done = warmUp; done < warmUp + cycles; done += cyclesPerMeasurement) {
    await runCycles(done, done + cyclesPerMeasurement);
    const next = await measureHeap();
    bytes = Math.min(bytes, (next.bytes - last.bytes) / cyclesPerMeasurement);
    last = next;
  }
  page.stop();
  return {
    listeners: page.count(),
    timers: vi.getTimerCount() - timers,
    sockets,
    connections,
    objects: (last.objects - first.objects) / cycles,
    bytes,
  };
}
