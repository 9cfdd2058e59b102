import { nameOf } from '../contestants/names.mjs';
import { column, fixed, ratioTo } from '../columns.mjs';

/**
 * `topics` counts those that are read; messages come for 200 of them. `together` is how many components are in the
 * first React root: React goes over the neighbours of a component that renders, so that a message costs more among
 * 2,000 in one list, whoever delivers it.
 */
const crowds = {
  few: { components: 200, topics: 200, readers: 200, label: '200 components' },
  apart: {
    components: 2_000,
    topics: 2_000,
    readers: 200,
    together: 200,
    label: '2,000 components, of which 1,800 read other topics in another root',
  },
  many: {
    components: 2_000,
    topics: 2_000,
    readers: 200,
    label: '2,000 components, of which 1,800 read other topics in the same list',
  },
  dense: { components: 2_000, topics: 200, readers: 2_000, label: '2,000 components, ten to a topic' },
};

const SPOKEN_OF = 200;

const sharing = ['ours', 'store', 'frameStore', 'reactUseWebSocket'];
const alone = ['partysocket', 'reconnectingWebSocket', 'ahooks', 'stateHook'];

/** Who takes part: with ten readers to a topic react-use-websocket would take minutes. */
const crews = {
  few: [...sharing, ...alone],
  apart: ['ours', 'store', 'frameStore'],
  many: sharing,
  dense: ['ours', 'store', 'frameStore'],
};

const entries = Object.entries(crews).flatMap(([crowd, keys]) =>
  keys.map((key) => ({ key, crowd, name: `${crowds[crowd].label}: ${nameOf(key)}` })),
);

/** Components that each show one topic of many. */
export const topics = {
  id: 'topics',
  title: () => 'Many components on 200 topics',
  about:
    'Each component shows the newest quote of its topic; the server sends 20 quotes every 10 ms, of 200 topics in turn. ' +
    'Ratios are to the store by hand with as many components. *Renders* are those for each component that a message concerns. ' +
    'Who opens a socket for each component cannot have 2,000: Chromium allows 255.',
  rounds: 5,
  /** Who opens a socket for each component takes a hundred times as long for a message. */
  sizes: { sharing: { messages: 4_000, warmUp: 2_000 }, alone: { messages: 600, warmUp: 400 } },
  quickSizes: { sharing: { messages: 200, warmUp: 200 }, alone: { messages: 200, warmUp: 200 } },
  entries,
  isReference: ({ key, crowd }, row) => key === 'store' && crowd === row.crowd,
  /** 200 and 2,000 components of one contestant are compared as well. */
  neighbourhood: ({ key }) => key,

  async sample({ key, crowd }, { browser, server, path, sizes }) {
    const { components, topics: read, readers, together } = crowds[crowd];
    const { messages, warmUp } = sharing.includes(key) ? sizes.sharing : sizes.alone;
    await browser.call('showTickers', key, server.url(path), { components, topics: read, together });
    await server.call('waitOpen', path, sharing.includes(key) ? 1 : components);
    const tick = async (from, count) => {
      await browser.call('tickUntil', from + count - SPOKEN_OF, readers);
      await server.call('stream', path, { from, count, topics: SPOKEN_OF, batch: 20, every: 10 });
      return browser.call('ticked');
    };
    await tick(0, warmUp);
    let renders;
    const times = await browser.time(async () => {
      renders = await tick(warmUp, messages);
    });
    return {
      sockets: await server.call('opened', path),
      renders: renders / (messages * (readers / SPOKEN_OF)),
      script: times.script / messages,
      thread: times.thread / messages,
      scriptForReader: times.script / (messages * (readers / SPOKEN_OF)),
    };
  },

  columns: [
    fixed('sockets', 'sockets', 0),
    fixed('renders', 'renders', 2),
    ratioTo('script', 'script time, to the store'),
    ratioTo('thread', 'main thread, to the store'),
    column('script, µs a message', 'script'),
  ],
};
