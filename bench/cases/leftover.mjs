import { nameOf } from '../contestants/names.mjs';
import { column, fixed } from '../columns.mjs';

/** More than that at a time, and Chromium holds them back: to one host it opens one after the other. */
const AT_ONCE = 10;

/** How long to wait for sockets that may never open or close, in ms. */
const PATIENCE = 1_000;

const entries = [
  { key: 'ours', hook: 'useInline' },
  { key: 'ours', hook: 'useShared', what: 'shared' },
  { key: 'reactUseWebSocket', hook: 'useInline' },
  { key: 'stateHook', hook: 'useInline' },
];

/** What stays of URLs that nobody uses any more. */
export const leftover = {
  id: 'leftover',
  title: ({ urls }) => `What stays of ${urls} URLs`,
  about:
    'Components connect to URLs that are all different, 10 at a time, and unmount. ' +
    'Bytes of values in use after garbage collection, less those before, for each URL, without what the engine has compiled; and the sockets that are still open.',
  rounds: 3,
  sizes: { urls: 1_000, warmUp: 500 },
  quickSizes: { urls: 200, warmUp: 100 },
  entries: entries.map((entry) => ({
    ...entry,
    name: [nameOf(entry.key), entry.what].filter(Boolean).join(', '),
  })),
  isReference: ({ key }) => key === 'stateHook',

  async sample({ key, hook }, { browser, server, path, sizes }) {
    let visited = 0;
    const visit = async (count) => {
      for (const end = visited + count; visited < end; visited += AT_ONCE) {
        const urls = Array.from({ length: AT_ONCE }, (_, i) => server.url(`${path}/room-${visited + i}`));
        await browser.call('showUrls', key, hook, urls);
        await server.call('waitOpen', path, AT_ONCE, PATIENCE);
        // Twice, because React keeps what it has rendered last but one.
        await browser.call('showUrls', key, hook, []);
        await browser.call('showUrls', key, hook, []);
        await server.call('waitOpen', path, 0, PATIENCE);
      }
    };
    await visit(sizes.warmUp);
    const before = await browser.values();
    await visit(sizes.urls);
    const after = await browser.values();
    return { left: (after - before) / sizes.urls, open: await server.call('open', path) };
  },

  columns: [column('bytes left for each URL', 'left', 0), fixed('sockets left', 'open', 0)],
};
