import { withNames } from '../implementations/names.mjs';
import { column, fixed, ratioTo } from '../columns.mjs';
import { median } from '../statistics.mjs';

const entries = withNames([
  { key: 'store', hook: 'useTopic', what: 'one topic' },
  { key: 'ours', hook: 'useTopic', what: 'useLatestMessage, one topic' },
  { key: 'ours', hook: 'useStatus', what: 'useWebSocket(connection)' },
  { key: 'ours', hook: 'useShared', what: 'useWebSocket(url, { share: true })' },
  { key: 'reactUseWebSocket', hook: 'useTopic', what: 'shared, with a filter' },
  { key: 'reactUseWebSocket', hook: 'useShared', what: 'shared' },
]);

async function openConnection({ key, hook }, { browser, server, path }) {
  await browser.call('renderFirst', key, hook, server.url(path));
  await server.call('waitForOpenSockets', path, hook === 'none' ? 0 : 1);
}

/** Many components that mount and unmount in one commit. */
export const mounting = {
  id: 'mounting',
  title: ({ components }) => `Mounting ${components} components on one connection`,
  description:
    'The connection is already open. The time of a mount includes the effects and what they start until the next frame; each component renders one `<li>`.',
  rounds: 5,
  sizes: { components: 1_000, times: 7, warmUp: 5 },
  quickSizes: { components: 1_000, times: 3, warmUp: 2 },
  entries: [{ key: 'store', hook: 'none', name: 'the same component without a hook' }, ...entries],
  isReference: ({ hook, key }) => key === 'store' && hook === 'useTopic',

  async measure(entry, context) {
    const { browser, server, path, sizes } = context;
    await openConnection(entry, context);
    const mounts = [];
    const unmounts = [];
    for (let i = 0; i < sizes.warmUp + sizes.times; i += 1) {
      mounts.push(
        await browser.measureTime(() => browser.call('mountComponents', entry.hook, sizes.components)),
      );
      unmounts.push(await browser.measureTime(() => browser.call('unmountComponents')));
    }
    const perComponent = (times, field) =>
      median(times.slice(sizes.warmUp).map((time) => time[field])) / sizes.components;
    return {
      sockets: await server.call('countOpened', path),
      script: perComponent(mounts, 'script'),
      thread: perComponent(mounts, 'thread'),
      unmount: perComponent(unmounts, 'script'),
    };
  },

  columns: [
    fixed('sockets', 'sockets', 0),
    ratioTo('script', 'mount: script time vs. store'),
    ratioTo('thread', 'mount: main thread vs. store'),
    ratioTo('unmount', 'unmount: script time vs. store'),
    column('mount: script, µs per component', 'script'),
  ],
};

/** The memory of a hook on a connection that is open already. */
export const heap = {
  id: 'heap',
  title: () => 'Heap per hook',
  description:
    'Bytes per component, after garbage collection: 1,000 components that use the hook, minus 1,000 that use none. ' +
    '*Bytes left* is what remains per component after all have unmounted.',
  rounds: 3,
  sizes: { components: 1_000 },
  entries,
  isReference: ({ key }) => key === 'store',

  async measure(entry, context) {
    const { browser, sizes } = context;
    const { components } = sizes;
    await openConnection(entry, context);
    const heapWith = async (hook) => {
      await browser.call('mountComponents', hook, components);
      const bytes = await browser.measureHeap();
      await browser.call('unmountComponents');
      return bytes;
    };
    for (let i = 0; i < 3; i += 1) {
      await heapWith('none');
      await heapWith(entry.hook);
    }
    const before = await browser.measureHeap();
    const withoutHook = await heapWith('none');
    const withHook = await heapWith(entry.hook);
    const after = await browser.measureHeap();
    return { bytes: (withHook - withoutHook) / components, left: (after - before) / components };
  },

  columns: [
    column('bytes per hook', 'bytes', 0),
    ratioTo('bytes', 'vs. store'),
    column('bytes left', 'left', 0),
  ],
};
