import * as burst from './burst.js';
import * as idle from './idle.js';
import * as leftover from './leftover.js';
import * as many from './many.js';
import * as mountTogether from './mountTogether.js';
import * as topics from './topics.js';

/** What the benchmark calls from outside. */
globalThis.bench = { ...burst, ...topics, ...many, ...mountTogether, ...idle, ...leftover };
