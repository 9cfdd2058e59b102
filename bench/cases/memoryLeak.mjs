import { nameOf } from '../implementations/names.mjs';
import { column, fixed } from '../columns.mjs';

/** Chromium opens more sockets than that to one host only one after the other. */
const SIMULTANEOUS = 10;

/** How long to wait for sockets that may never open or close, in ms. */
const WAIT_MS = 1_000;

const entries = [
  { key: 'ours', hook: 'useInline' },
  { key: 'ours', hook: 'useShared', what: 'shared' },
  { key: 'reactUseWebSocket', hook: 'useInline' },
  { key: 'stateHook', hook: 'useInline' },
];

/** The memory and the sockets that remain after components have unmounted. */
export const memoryLeak = {
  id: 'memoryLeak',
  title: ({ urls }) => `Memory that remains after ${urls} URLs`,
  description:
    'Components connect to URLs that are all different, 10 at a time, and unmount. ' +
    'The table shows the growth in bytes of JavaScript values after garbage collection, per URL and without compiled code, and the sockets that are still open.',
  rounds: 3,
  sizes: { urls: 1_000, warmUp: 500 },
  quickSizes: { urls: 200, warmUp: 100 },
  entries: entries.map((entry) => ({
    ...entry,
    name: [nameOf(entry.key), entry.what].filter(Boolean).join(', '),
  })),
  isReference: ({ key }) => key === 'stateHook',

  async measure({ key, hook }, { browser, server, path, sizes }) {
    let visited = 0;
    const visit = async (count) => {
      for (const end = visited + count; visited < end; visited += SIMULTANEOUS) {
        const urls = Array.from({ length: SIMULTANEOUS }, (_, i) =>
          server.url(`${path}/room-${visited + i}`),
        );
        await browser.call('renderUrls', key, hook, urls);
        await server.call('waitForOpenSockets', path, SIMULTANEOUS, WAIT_MS);
        // Twice, because React retains the tree before the current one.
        await browser.call('renderUrls', key, hook, []);
        await browser.call('renderUrls', key, hook, []);
        await server.call('waitForOpenSockets', path, 0, WAIT_MS);
      }
    };
    await visit(sizes.warmUp);
    const before = await browser.measureValues();
    await visit(sizes.urls);
    const after = await browser.measureValues();
    return { growth: (after - before) / sizes.urls, open: await server.call('countOpen', path) };
  },

  columns: [column('bytes per URL', 'growth', 0), fixed('open sockets', 'open', 0)],
};
