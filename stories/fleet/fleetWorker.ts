/** Runs one simulation in a worker, so that the page stays responsive with 100,000 clients. */
import type { FleetSettings } from './fleet.js';
import { createSimulation } from './simulation.js';

/** Simulated time per step. */
const STEP_MS = 250;
/** Until here the simulation is slowed down, so that the reader can watch it. */
const WATCHED_MS = 60_000;
/** The shortest real time of a watched step. */
const WATCHED_STEP_MS = 10;
/** Real time between two messages. */
const REPORT_INTERVAL_MS = 100;

self.onmessage = ({ data: settings }: MessageEvent<FleetSettings>) => void run(settings);

async function run(settings: FleetSettings): Promise<void> {
  const simulation = createSimulation(settings);
  let reportedAt = -Infinity;
  for (let time = 0; ; time += STEP_MS) {
    const stepStart = performance.now();
    simulation.advanceTo(time);
    if (performance.now() - reportedAt >= REPORT_INTERVAL_MS) {
      const progress = simulation.getProgress();
      self.postMessage(progress);
      if (progress.isDone) return;
      reportedAt = performance.now();
    }
    const rest = WATCHED_STEP_MS - (performance.now() - stepStart);
    if (time < WATCHED_MS && rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
  }
}
