import * as burst from './burst.js';
import * as idleRenders from './idleRenders.js';
import * as memoryLeak from './memoryLeak.js';
import * as mounting from './mounting.js';
import * as mountingWithConnections from './mountingWithConnections.js';
import * as topics from './topics.js';

/** The functions that the benchmark calls in the page. */
globalThis.bench = {
  ...burst,
  ...topics,
  ...mounting,
  ...mountingWithConnections,
  ...idleRenders,
  ...memoryLeak,
};
