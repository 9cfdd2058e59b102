/** Finds what stays behind when the same thing is done again and again. */
import { queryObjects } from 'node:v8';
import { vi } from 'vitest';
import type { FakeServer } from '../support/fakeSocket.js';
import { countPageListeners } from '../support/page.js';

/** What the cycles have left behind. */
export interface Leaks {
  /** Listeners on the window and the document. */
  readonly listeners: number;
  readonly timers: number;
  /** Sockets that are in use or listened to. */
  readonly sockets: number;
  /** Connections that should have been collected. */
  readonly connections: number;
  /** Objects of any kind, functions included, per cycle: every listener is one at least, wherever it is kept. */
  readonly objects: number;
  /** Bytes of the heap per cycle, where it grew least between two looks: a leak grows all the time. */
  readonly bytes: number;
}

/** What one cycle has made. */
export interface Made {
  readonly server: FakeServer;
  /** To be collected once the cycle is over. */
  readonly connections: Iterable<object>;
}

interface Watch {
  readonly cycles: number;
  /** Cycles before the first look, in which caches fill and code is compiled. */
  readonly warmUp: number;
  /** How often the heap is looked at after that. */
  readonly looks: number;
  readonly cycle: (index: number) => Made;
}

/** The objects that are left when nothing more can be collected, and the bytes in use then. */
async function lookAtHeap(): Promise<{ readonly objects: number; readonly bytes: number }> {
  // Collects all garbage first. The count is exact, unlike the bytes: those of compiled code come and go.
  const objects = queryObjects(Object, { format: 'count' });
  // Finalizers run between tasks.
  await new Promise((resolve) => setImmediate(resolve));
  return { objects, bytes: process.memoryUsage().heapUsed };
}

/** Goes through the cycles and says what they leave behind. Needs fake timers that spare `setImmediate`. */
export async function findLeaks({ cycles, warmUp, looks, cycle }: Watch): Promise<Leaks> {
  let connections = 0;
  let sockets = 0;
  const registry = new FinalizationRegistry<null>(() => {
    connections -= 1;
  });
  const turn = (index: number): void => {
    const made = cycle(index);
    for (const { isLive, onopen, onmessage, onclose } of made.server.sockets) {
      if (isLive || (onopen ?? onmessage ?? onclose)) sockets += 1;
    }
    for (const connection of made.connections) {
      registry.register(connection, null);
      connections += 1;
    }
  };
  const go = async (from: number, to: number): Promise<void> => {
    for (let index = from; index < to; index += 1) {
      turn(index);
      await Promise.resolve();
    }
  };

  await go(0, warmUp);
  const page = countPageListeners();
  const timers = vi.getTimerCount();
  const first = await lookAtHeap();
  const each = cycles / looks;
  let last = first;
  let bytes = Infinity;
  for (let done = warmUp; done < warmUp + cycles; done += each) {
    await go(done, done + each);
    const next = await lookAtHeap();
    bytes = Math.min(bytes, (next.bytes - last.bytes) / each);
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
