/** Runs the jobs it is sent, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { run } from './contenders.mjs';
import { importLibrary } from './library.mjs';
import { scenarios } from './scenarios.mjs';

const library = await importLibrary(workerData.library);

parentPort.on('message', async ({ name, scenario, clients, seed }) => {
  const begun = performance.now();
  const report = await run({
    name,
    clients,
    seed,
    library,
    scenario: scenarios.find((one) => one.name === scenario),
  });
  parentPort.postMessage({ ...report, took: performance.now() - begun });
});
