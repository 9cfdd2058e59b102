import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { chromiumArguments as args, findChromium } from '../test/setup.mjs';

/** Starts Chromium with one tab for all measurements. */
export async function openBrowser() {
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.enable');

  const system = await browser.newBrowserCDPSession();

  const readScriptTime = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value * 1e6;
  };
  const readMainThreadTimes = async () => {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer');
    return new Map(pages.map(({ id }) => [id, readMainThreadTime(id)]));
  };

  const collectGarbage = async () => {
    for (let i = 0; i < 3; i += 1) await devtools.send('HeapProfiler.collectGarbage');
  };
  const takeSnapshot = async () => {
    const chunks = [];
    const add = ({ chunk }) => chunks.push(chunk);
    devtools.on('HeapProfiler.addHeapSnapshotChunk', add);
    await devtools.send('HeapProfiler.takeHeapSnapshot');
    devtools.off('HeapProfiler.addHeapSnapshotChunk', add);
    return JSON.parse(chunks.join(''));
  };

  return {
    version: browser.version(),
    close: () => browser.close(),
    async open(url) {
      errors.length = 0;
      await page.goto(url);
    },
    /** Calls a function of the page. */
    async call(name, ...args) {
      const result = await page.evaluate(([key, values]) => globalThis.bench[key](...values), [name, args]);
      if (errors.length > 0) throw errors[0];
      return result;
    },
    /** Measures the script time of Chromium and the CPU time of the main thread, in microseconds. */
    async measureTime(act) {
      const threads = await readMainThreadTimes();
      const script = await readScriptTime();
      await act();
      const scriptTime = (await readScriptTime()) - script;
      const threadTimes = [...(await readMainThreadTimes())].map(
        ([id, thread]) => thread - (threads.get(id) ?? thread),
      );
      return { script: scriptTime, thread: Math.max(...threadTimes) };
    },
    /** Bytes in use after garbage collection. */
    async measureHeap() {
      await collectGarbage();
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      return usedSize;
    },
    /**
     * Bytes of JavaScript values in use after garbage collection. Compiled code is not included, because it grows
     * the longer a page runs, and neither are the objects of the browser.
     */
    async measureValues() {
      await collectGarbage();
      return sizeOfValues(await takeSnapshot());
    },
  };
}

/** The types of nodes in a heap snapshot that are not JavaScript values. */
const OTHER_TYPES = ['hidden', 'code', 'native', 'synthetic'];

/** Adds up the sizes of the values in a heap snapshot, whose nodes are stored as numbers in one array. */
function sizeOfValues({ snapshot, nodes }) {
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!OTHER_TYPES.includes(types[type][nodes[node + type]])) bytes += nodes[node + size];
  }
  return bytes;
}

/** The CPU time of the main thread of a process, in microseconds; available on Linux only. */
function readMainThreadTime(id) {
  try {
    return Number(readFileSync(`/proc/${id}/task/${id}/schedstat`, 'utf8').split(' ')[0]) / 1_000;
  } catch {
    return NaN;
  }
}
