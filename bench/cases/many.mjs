import { nameOf } from '../contestants/names.mjs';
import { column, fixed, ratioTo } from '../columns.mjs';
import { median } from '../statistics.mjs';

const entries = [
  { key: 'store', hook: 'useTopic', what: 'one topic' },
  { key: 'ours', hook: 'useTopic', what: 'useLatestMessage, one topic' },
  { key: 'ours', hook: 'useStatus', what: 'useWebSocket(connection)' },
  { key: 'ours', hook: 'useShared', what: 'useWebSocket(url, { share: true })' },
  { key: 'reactUseWebSocket', hook: 'useTopic', what: 'shared, with a filter' },
  { key: 'reactUseWebSocket', hook: 'useShared', what: 'shared' },
].map((entry) => ({ ...entry, name: `${nameOf(entry.key)}: ${entry.what}` }));

const isReference = ({ key }) => key === 'store';

async function showFirst({ key, hook }, { browser, server, path }) {
  await browser.call('showFirst', key, hook, server.url(path));
  await server.call('waitOpen', path, hook === 'plain' ? 0 : 1);
}

/** Many components that come and go at once. */
export const mounting = {
  id: 'mounting',
  title: ({ components }) => `Mounting ${components} components on one connection`,
  about:
    'The connection is open already. Mounting includes the effects and what they start until the next frame; each component shows one `<li>`. ' +
    'The others open a socket for each component.',
  rounds: 5,
  sizes: { components: 1_000, times: 7, warmUp: 5 },
  quickSizes: { components: 1_000, times: 3, warmUp: 2 },
  entries: [{ key: 'store', hook: 'plain', name: 'the same component without a hook' }, ...entries],
  isReference: ({ hook, key }) => key === 'store' && hook === 'useTopic',

  async sample(entry, context) {
    const { browser, server, path, sizes } = context;
    await showFirst(entry, context);
    const mounts = [];
    const unmounts = [];
    for (let i = 0; i < sizes.warmUp + sizes.times; i += 1) {
      mounts.push(await browser.time(() => browser.call('mountMany', entry.hook, sizes.components)));
      unmounts.push(await browser.time(() => browser.call('unmountMany')));
    }
    const each = (times, kind) =>
      median(times.slice(sizes.warmUp).map((time) => time[kind])) / sizes.components;
    return {
      sockets: await server.call('opened', path),
      script: each(mounts, 'script'),
      thread: each(mounts, 'thread'),
      unmount: each(unmounts, 'script'),
    };
  },

  columns: [
    fixed('sockets', 'sockets', 0),
    ratioTo('script', 'mount: script time, to the store'),
    ratioTo('thread', 'mount: main thread, to the store'),
    ratioTo('unmount', 'unmount: script time, to the store'),
    column('mount: script, µs a component', 'script'),
  ],
};

/** What a hook holds in memory. */
export const heap = {
  id: 'heap',
  title: () => 'Heap per hook',
  about:
    'Bytes in use after garbage collection with 1,000 components that use the hook, less 1,000 that use none, for each component. ' +
    '*Left* is what stays for each after they are gone.',
  rounds: 3,
  sizes: { components: 1_000 },
  quickSizes: { components: 1_000 },
  entries,
  isReference,

  async sample(entry, context) {
    const { browser, sizes } = context;
    const { components } = sizes;
    await showFirst(entry, context);
    const heapWith = async (hook) => {
      await browser.call('mountMany', hook, components);
      const bytes = await browser.heap();
      await browser.call('unmountMany');
      return bytes;
    };
    for (let i = 0; i < 3; i += 1) {
      await heapWith('plain');
      await heapWith(entry.hook);
    }
    const before = await browser.heap();
    const plain = await heapWith('plain');
    const hooked = await heapWith(entry.hook);
    const after = await browser.heap();
    return { bytes: (hooked - plain) / components, left: (after - before) / components };
  },

  columns: [
    column('bytes a hook', 'bytes', 0),
    ratioTo('bytes', 'to the store'),
    column('bytes left', 'left', 0),
  ],
};
