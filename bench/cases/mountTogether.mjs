import { fileURLToPath } from 'node:url';
import { column, fixed, ratioTo } from '../columns.mjs';
import { nameOf } from '../contestants/names.mjs';
import { median } from '../statistics.mjs';
import { inNewProcess } from './inNewProcess.mjs';

const dom = fileURLToPath(new URL('../node/dom.mjs', import.meta.url));

const entries = [
  { key: 'stateHook', kind: 'useOwn', what: 'a connection each' },
  { key: 'ours', kind: 'useOwn', what: 'a connection each' },
  { key: 'reactUseWebSocket', kind: 'useOwn', what: 'a connection each' },
  { key: 'partysocket', kind: 'useOwn', what: 'a connection each' },
  { key: 'statusStore', kind: 'useShared', what: 'shared' },
  { key: 'ours', kind: 'useShared', what: 'shared' },
  { key: 'reactUseWebSocket', kind: 'useShared', what: 'shared' },
].map((entry) => ({ ...entry, name: `${nameOf(entry.key)}: ${entry.what}` }));

const byHand = { useOwn: 'stateHook', useShared: 'statusStore' };

const about =
  'No connection is there before. Each component shows the status of its connection; mounting lasts until every socket is open and shown. ' +
  'The sockets have no network, because Chromium opens only 255 to one host. Ratios are to the hook or store by hand of the same kind.';

const common = {
  entries,
  isReference: ({ key, kind }, row) => kind === row.kind && key === byHand[kind],
  sizes: { components: 1_000, times: 7, warmUp: 5 },
  quickSizes: { components: 1_000, times: 3, warmUp: 2 },
};

const toByHand = ratioTo('script', 'to by hand');
const counts = [fixed('sockets', 'sockets', 0), fixed('renders', 'renders', 2)];

/** The middle of what several mounts in one page or process took. */
const summary = (samples) =>
  Object.fromEntries(Object.keys(samples[0]).map((name) => [name, median(samples.map((one) => one[name]))]));

/** Many components that mount at once before there is a connection. */
export const mountingTogether = {
  ...common,
  id: 'together',
  title: ({ components }) => `Mounting ${components} components and their connections at once`,
  about,
  rounds: 5,

  async sample({ key, kind }, { browser, sizes }) {
    await browser.call('enterTogether', key, 'ws://127.0.0.1/fake');
    const samples = [];
    for (let i = 0; i < sizes.warmUp + sizes.times; i += 1) {
      let mounted;
      const { script, thread } = await browser.time(async () => {
        mounted = await browser.call('mountTogether', kind, sizes.components);
      });
      await browser.call('unmountTogether');
      samples.push({ ...mounted, script: script / sizes.components, thread: thread / sizes.components });
    }
    return summary(samples.slice(sizes.warmUp));
  },

  columns: [
    ...counts,
    { ...toByHand, title: 'script time, to by hand' },
    ratioTo('thread', 'main thread, to by hand'),
    column('script, µs a component', 'script'),
  ],
};

/** The same in Node. */
export const mountingTogetherInNode = {
  ...common,
  id: 'nodeTogether',
  title: ({ components }) => `In Node: mounting ${components} components and their connections at once`,
  about: 'The same in jsdom, a fresh process for each measurement.',
  rounds: 3,

  async sample({ key, kind }, { scripts, sizes }) {
    const { components, warmUp, times } = sizes;
    const args = [key, kind, components, warmUp, times];
    return summary(await inNewProcess(scripts.mounting, args, ['--import', dom]));
  },

  columns: [
    ...counts,
    { ...toByHand, title: 'CPU time, to by hand' },
    column('CPU, µs a component', 'script'),
  ],
};
