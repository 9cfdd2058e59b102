/**
 * `npm run bench` measures the cost of messages, components and renders with this library and with others.
 *
 * --quick                small sizes and two rounds, to check that everything works
 * --only burst,topics    only these cases: burst, topics, mounting, mountingWithConnections, heap, idleRenders,
 *                        memoryLeak, burstInNode, mountingWithConnectionsInNode, hookMemory, connectionMemory, sizes
 * --rounds 21            the number of rounds
 *
 * Without options it also writes RESULTS.md.
 */
import { parseArgs } from 'node:util';
import { install, root } from '../test/setup.mjs';
import { installComparedPackages } from './comparedPackages.mjs';

process.chdir(root);
install.packages();
install.chromium();
installComparedPackages();

const { buildAll } = await import('./buildScripts.mjs');
const { openBrowser } = await import('./browser.mjs');
const { startServer } = await import('./serverProcess.mjs');
const { runRounds } = await import('./rounds.mjs');
const { measureSizes } = await import('./sizes.mjs');
const { checkTargets } = await import('./targets.mjs');
const { createSection, createSizeSection, createTargetSection, printSection, writeResults } =
  await import('./writeResults.mjs');
const { burst } = await import('./cases/burst.mjs');
const { topics } = await import('./cases/topics.mjs');
const { heap, mounting } = await import('./cases/mounting.mjs');
const { idleRenders } = await import('./cases/idleRenders.mjs');
const { memoryLeak } = await import('./cases/memoryLeak.mjs');
const { burstInNode } = await import('./cases/burstInNode.mjs');
const { mountingWithConnections, mountingWithConnectionsInNode } =
  await import('./cases/mountingWithConnections.mjs');
const { connectionMemory, hookMemory } = await import('./cases/memory.mjs');

const cases = [
  burst,
  topics,
  mounting,
  mountingWithConnections,
  heap,
  idleRenders,
  memoryLeak,
  burstInNode,
  mountingWithConnectionsInNode,
  hookMemory,
  connectionMemory,
];
const ids = [...cases.map(({ id }) => id), 'sizes'];

function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
    },
  });
  const only = values.only?.split(',') ?? ids;
  const unknown = only.find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new RangeError(`Unknown case: ${unknown}. The cases are ${ids.join(', ')}.`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new RangeError(`--rounds must be a positive integer, but it is ${values.rounds}`);
  }
  return { quick: values.quick, only, rounds };
}

/** Shows on a terminal what is being measured. */
function showProgress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

const { quick, only, rounds: wantedRounds } = readOptions();
const { library, page, scripts } = await buildAll();
const rowsOf = {};
const sections = [];
let chromium = '';
const wanted = cases.filter(({ id }) => only.includes(id));
if (wanted.length > 0) await runCases();

async function runCases() {
  const server = await startServer(page);
  const browser = await openBrowser();
  chromium = browser.version;
  try {
    for (const benchmarkCase of wanted) {
      const rounds = wantedRounds ?? (quick ? 2 : benchmarkCase.rounds);
      const sizes = (quick && benchmarkCase.quickSizes) || benchmarkCase.sizes;
      const rows = await runRounds(benchmarkCase, {
        browser,
        server,
        scripts,
        rounds,
        sizes,
        onSample: showProgress,
      });
      showProgress('');
      rowsOf[benchmarkCase.id] = rows;
      sections.push(createSection(benchmarkCase, { rows, sizes, rounds }));
      printSection(sections.at(-1));
    }
  } finally {
    await browser.close();
    server.stop();
  }
}

if (only.includes('sizes')) {
  rowsOf.sizes = await measureSizes(library);
  sections.push(createSizeSection(rowsOf.sizes));
  printSection(sections.at(-1));
}
if (ids.every((id) => rowsOf[id])) {
  sections.push(createTargetSection(checkTargets(rowsOf)));
  printSection(sections.at(-1));
  if (!quick && !wantedRounds) await writeResults(sections, { chromium });
}
