import { nameOf, withNames } from '../implementations/names.mjs';
import { column, fixed, ratioTo } from '../columns.mjs';

const inline = [
  'store',
  'ours',
  'reactUseWebSocket',
  'partysocket',
  'reconnectingWebSocket',
  'ahooks',
  'stateHook',
].map((key) => ({ key, hook: 'useInline', name: nameOf(key) }));

const stable = withNames([
  { key: 'ours', hook: 'useOutside', what: 'options outside the component' },
  { key: 'ours', hook: 'useOneTopic', what: 'useLatestMessage, one topic' },
]);

/** Renders in which nothing about the connection has changed. */
export const idleRenders = {
  id: 'idleRenders',
  title: ({ times }) => `${times} idle renders`,
  description:
    'A component renders because its parent does. Its URL, options and callbacks are written inline, unless its name says otherwise. ' +
    '*Sockets* counts all sockets that were opened. The hand-written store takes no options: it reads one topic.',
  rounds: 5,
  sizes: { times: 10_000, warmUp: 5_000 },
  quickSizes: { times: 1_000, warmUp: 500 },
  entries: [{ key: '', name: 'the same components without a hook' }, ...inline, ...stable],
  isReference: ({ key }) => key === 'store',

  async measure({ key, hook }, { browser, server, path, sizes }) {
    await browser.call('renderParentAndChild', key, hook, server.url(path));
    if (key) await server.call('waitForOpenSockets', path, 1);
    await browser.call('renderParentAgain', sizes.warmUp);
    const times = await browser.measureTime(() => browser.call('renderParentAgain', sizes.times));
    return {
      sockets: await server.call('countOpened', path),
      script: times.script / sizes.times,
      thread: times.thread / sizes.times,
    };
  },

  columns: [
    fixed('sockets', 'sockets', 0),
    ratioTo('script', 'script time vs. store'),
    ratioTo('thread', 'main thread vs. store'),
    column('script, µs per render', 'script'),
  ],
};
