import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { chromiumArguments as args, findChromium } from '../test/setup.mjs';

/** Starts Chromium with one tab, in which everything is measured. */
export async function openBrowser() {
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.enable');

  const system = await browser.newBrowserCDPSession();

  const readScript = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value * 1e6;
  };
  const readThreads = async () => {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer');
    return new Map(pages.map(({ id }) => [id, readMainThread(id)]));
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
    /** Runs a function of the page. */
    async call(name, ...given) {
      const result = await page.evaluate(([key, values]) => globalThis.bench[key](...values), [name, given]);
      if (errors.length > 0) throw errors[0];
      return result;
    },
    /** What the page spends on something, in microseconds: in scripts by the clock, and on all of its main thread. */
    async time(act) {
      const threads = await readThreads();
      const script = await readScript();
      await act();
      const spent = (await readScript()) - script;
      const grown = [...(await readThreads())].map(([id, thread]) => thread - (threads.get(id) ?? thread));
      return { script: spent, thread: Math.max(...grown) };
    },
    /** Bytes that are in use once all garbage is collected. */
    async heap() {
      await collectGarbage();
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      return usedSize;
    },
    /**
     * Bytes of the values of JavaScript among them: not what the engine has compiled, of which there is more
     * the longer a page runs, and not what the browser itself keeps.
     */
    async values() {
      await collectGarbage();
      return sizeOfValues(await takeSnapshot());
    },
  };
}

/** What a heap snapshot names other than values. */
const NO_VALUES = ['hidden', 'code', 'native', 'synthetic'];

/** Adds up the sizes of the nodes of a heap snapshot, which are numbers in one row. */
function sizeOfValues({ snapshot, nodes }) {
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!NO_VALUES.includes(types[type][nodes[node + type]])) bytes += nodes[node + size];
  }
  return bytes;
}

/** What the main thread of a process has computed, in microseconds; only Linux says so. */
function readMainThread(id) {
  try {
    return Number(readFileSync(`/proc/${id}/task/${id}/schedstat`, 'utf8').split(' ')[0]) / 1_000;
  } catch {
    return NaN;
  }
}
