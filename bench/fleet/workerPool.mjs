import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/**
 * Runs jobs in at most two worker threads; the results are in the order of the jobs.
 *
 * @param {readonly { name: string; scenario: string; clients: number; seed: number }[]} jobs
 * @param {{ library: string; onDone: (job: object) => void }} options `library` is the URL of the bundle
 * @returns {Promise<(import('./fleetStatistics.mjs').FleetReport & { duration: number })[]>}
 */
export async function runInWorkers(jobs, { library, onDone }) {
  const results = [];
  let next = 0;
  const runWorker = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: { library } });
      let current = -1;
      const startNext = () => {
        current = next;
        next += 1;
        if (current < jobs.length) worker.postMessage(jobs[current]);
        else void worker.terminate().then(resolve);
      };
      worker.on('error', reject);
      worker.on('message', (result) => {
        results[current] = result;
        onDone(jobs[current]);
        startNext();
      });
      startNext();
    });
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, runWorker));
  return results;
}
