/** A worker thread that runs simulations, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { runImplementation } from './implementations.mjs';
import { importLibrary } from './library.mjs';
import { scenarios } from './scenarios.mjs';

const library = await importLibrary(workerData.library);

parentPort.on('message', async ({ name, scenario, clients, seed }) => {
  const startedAt = performance.now();
  const report = await runImplementation({
    name,
    clients,
    seed,
    library,
    scenario: scenarios.find((one) => one.name === scenario),
  });
  parentPort.postMessage({ ...report, duration: performance.now() - startedAt });
});
