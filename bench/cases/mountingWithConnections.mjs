import { column, fixed, ratioTo } from '../columns.mjs';
import { withNames } from '../implementations/names.mjs';
import { median } from '../statistics.mjs';
import { jsdomFlags, runInNewProcess } from './runInNewProcess.mjs';

const entries = withNames([
  { key: 'stateHook', hook: 'useOwn', what: 'a connection each' },
  { key: 'ours', hook: 'useOwn', what: 'a connection each' },
  { key: 'reactUseWebSocket', hook: 'useOwn', what: 'a connection each' },
  { key: 'partysocket', hook: 'useOwn', what: 'a connection each' },
  { key: 'statusStore', hook: 'useShared', what: 'shared' },
  { key: 'ours', hook: 'useShared', what: 'shared' },
  { key: 'reactUseWebSocket', hook: 'useShared', what: 'shared' },
]);

const handWritten = { useOwn: 'stateHook', useShared: 'statusStore' };

const common = {
  entries,
  isReference: ({ key, hook }, row) => hook === row.hook && key === handWritten[hook],
  sizes: { components: 1_000, times: 7, warmUp: 5 },
  quickSizes: { components: 1_000, times: 3, warmUp: 2 },
};

const counts = [fixed('sockets', 'sockets', 0), fixed('renders', 'renders', 2)];

/** The medians of the mounts in one page or process. */
const medians = (samples) =>
  Object.fromEntries(
    Object.keys(samples[0]).map((field) => [field, median(samples.map((sample) => sample[field]))]),
  );

/** Many components that mount in one commit and open their connections. */
export const mountingWithConnections = {
  ...common,
  id: 'mountingWithConnections',
  title: ({ components }) => `Mounting ${components} components with their connections`,
  description:
    'No connection exists before. Each component renders the status of its connection; a mount lasts until all sockets are open and this is rendered. ' +
    'The sockets have no network, because Chromium opens only 255 to one host. Ratios are to the hand-written hook or store of the same kind.',
  rounds: 5,

  async measure({ key, hook }, { browser, sizes }) {
    await browser.call('prepareFakeSockets', key, 'ws://127.0.0.1/fake');
    const samples = [];
    for (let i = 0; i < sizes.warmUp + sizes.times; i += 1) {
      let mounted;
      const { script, thread } = await browser.measureTime(async () => {
        mounted = await browser.call('mountWithConnections', hook, sizes.components);
      });
      await browser.call('unmountWithConnections');
      samples.push({ ...mounted, script: script / sizes.components, thread: thread / sizes.components });
    }
    return medians(samples.slice(sizes.warmUp));
  },

  columns: [
    ...counts,
    ratioTo('script', 'script time vs. hand-written'),
    ratioTo('thread', 'main thread vs. hand-written'),
    column('script, µs per component', 'script'),
  ],
};

/** The same in Node. */
export const mountingWithConnectionsInNode = {
  ...common,
  id: 'mountingWithConnectionsInNode',
  title: ({ components }) => `In Node: mounting ${components} components with their connections`,
  description: 'The same in jsdom, with a new process for each measurement.',
  rounds: 3,

  async measure({ key, hook }, { scripts, sizes }) {
    const { components, warmUp, times } = sizes;
    const args = [key, hook, components, warmUp, times];
    return medians(await runInNewProcess(scripts.mountingWithConnections, args, jsdomFlags));
  },

  columns: [
    ...counts,
    ratioTo('script', 'CPU time vs. hand-written'),
    column('CPU, µs per component', 'script'),
  ],
};
