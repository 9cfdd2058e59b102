/**
 * `npm run bench`: what a message, a component and a render cost, with this library and with others.
 *
 * --quick               small sizes and two rounds: whether everything works, not what it costs
 * --only burst,idle     these only: burst, topics, mounting, together, heap, idle, leftover, node,
 *                       nodeTogether, hookMemory, connectionMemory, sizes
 * --rounds 21           so many rounds of each
 *
 * Without options it writes RESULTS.md as well.
 */
import { parseArgs } from 'node:util';
import { install, root } from '../test/setup.mjs';
import { installPeers } from './install.mjs';

process.chdir(root);
install.packages();
install.chromium();
installPeers();

const { buildAll } = await import('./build.mjs');
const { openBrowser } = await import('./browser.mjs');
const { startServer } = await import('./serverProcess.mjs');
const { runRounds } = await import('./rounds.mjs');
const { measureSizes } = await import('./sizes.mjs');
const { checkTargets } = await import('./targets.mjs');
const { chapterOf, print, sizeChapter, targetChapter, writeResults } = await import('./results.mjs');
const { burst } = await import('./cases/burst.mjs');
const { topics } = await import('./cases/topics.mjs');
const { heap, mounting } = await import('./cases/many.mjs');
const { idle } = await import('./cases/idle.mjs');
const { leftover } = await import('./cases/leftover.mjs');
const { inNode } = await import('./cases/inNode.mjs');
const { mountingTogether, mountingTogetherInNode } = await import('./cases/mountTogether.mjs');
const { connectionMemory, hookMemory } = await import('./cases/memory.mjs');

const cases = [
  burst,
  topics,
  mounting,
  mountingTogether,
  heap,
  idle,
  leftover,
  inNode,
  mountingTogetherInNode,
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
  if (unknown !== undefined) throw new RangeError(`There is no ${unknown}. There are ${ids.join(', ')}.`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
    throw new RangeError(`--rounds must be a whole number, but it is ${values.rounds}`);
  }
  return { quick: values.quick, only, rounds };
}

/** Says on a terminal what is being measured. */
function onSample(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

const { quick, only, rounds: wantedRounds } = readOptions();
const { library, page, scripts } = await buildAll();
const measured = {};
const chapters = [];
let chromium = '';
const wanted = cases.filter(({ id }) => only.includes(id));
if (wanted.length > 0) await runCases();

async function runCases() {
  const server = await startServer(page);
  const browser = await openBrowser();
  chromium = browser.version;
  try {
    for (const one of wanted) {
      const rounds = wantedRounds ?? (quick ? 2 : one.rounds);
      const sizes = quick ? one.quickSizes : one.sizes;
      const rows = await runRounds(one, { browser, server, scripts, rounds, sizes, onSample });
      onSample('');
      measured[one.id] = rows;
      chapters.push(chapterOf(one, { rows, sizes, rounds }));
      print(chapters.at(-1));
    }
  } finally {
    await browser.close();
    server.stop();
  }
}

if (only.includes('sizes')) {
  measured.sizes = await measureSizes(library);
  chapters.push(sizeChapter(measured.sizes));
  print(chapters.at(-1));
}
if (ids.every((id) => measured[id])) {
  chapters.push(targetChapter(checkTargets(measured)));
  print(chapters.at(-1));
  if (!quick && !wantedRounds) await writeResults(chapters, { chromium });
}
