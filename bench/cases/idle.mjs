import { nameOf } from '../contestants/names.mjs';
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

const lasting = [
  { hook: 'useOutside', what: 'options outside the component' },
  { hook: 'useOneTopic', what: 'useLatestMessage, one topic' },
].map(({ hook, what }) => ({ key: 'ours', hook, name: `${nameOf('ours')}: ${what}` }));

/** A parent that renders for reasons of its own. */
export const idle = {
  id: 'idle',
  title: ({ times }) => `${times} idle renders of a parent`,
  about:
    'A component renders because its parent does; its URL, options and callbacks are written inline, unless its name says otherwise. ' +
    '*Dials* counts the sockets from beginning to end. The store by hand takes no options: it reads one topic.',
  rounds: 5,
  sizes: { times: 10_000, warmUp: 5_000 },
  quickSizes: { times: 1_000, warmUp: 500 },
  entries: [{ key: '', name: 'the same components without a hook' }, ...inline, ...lasting],
  isReference: ({ key }) => key === 'store',

  async sample({ key, hook }, { browser, server, path, sizes }) {
    await browser.call('showChild', key, hook, server.url(path));
    if (key) await server.call('waitOpen', path, 1);
    await browser.call('renderParent', sizes.warmUp);
    const times = await browser.time(() => browser.call('renderParent', sizes.times));
    return {
      dials: await server.call('opened', path),
      script: times.script / sizes.times,
      thread: times.thread / sizes.times,
    };
  },

  columns: [
    fixed('dials', 'dials', 0),
    ratioTo('script', 'script time, to the store'),
    ratioTo('thread', 'main thread, to the store'),
    column('script, µs a render', 'script'),
  ],
};
