import { nameOf } from '../implementations/names.mjs';
import { column, fixed, ratioTo } from '../columns.mjs';

/** The server sends messages of this many topics. */
const TOPICS_WITH_MESSAGES = 200;

/**
 * How many components read how many topics. `readers` is the number of components whose topic gets messages, and
 * `inFirstRoot` the number of components in the first of two React roots: React visits the siblings of a component
 * that renders, so that a message costs more in a list of 2,000, whichever library delivers it.
 */
const layouts = {
  small: { components: 200, topics: 200, readers: 200, label: '200 components' },
  largeInTwoRoots: {
    components: 2_000,
    topics: 2_000,
    readers: 200,
    inFirstRoot: 200,
    label: '2,000 components, of which 1,800 read other topics in another root',
  },
  large: {
    components: 2_000,
    topics: 2_000,
    readers: 200,
    label: '2,000 components, of which 1,800 read other topics in the same list',
  },
  tenPerTopic: { components: 2_000, topics: 200, readers: 2_000, label: '2,000 components, ten per topic' },
};

const sharing = ['ours', 'store', 'frameStore', 'reactUseWebSocket'];
const socketPerComponent = ['partysocket', 'reconnectingWebSocket', 'ahooks', 'stateHook'];

/** The implementations of each layout. Ten readers per topic would take react-use-websocket minutes. */
const implementationsOf = {
  small: [...sharing, ...socketPerComponent],
  largeInTwoRoots: ['ours', 'store', 'frameStore'],
  large: sharing,
  tenPerTopic: ['ours', 'store', 'frameStore'],
};

const entries = Object.entries(implementationsOf).flatMap(([layout, keys]) =>
  keys.map((key) => ({ key, layout, name: `${layouts[layout].label}: ${nameOf(key)}` })),
);

/** Many components that each show one topic. */
export const topics = {
  id: 'topics',
  title: () => 'Many components on 200 topics',
  description:
    'Each component shows the newest quote of its topic; the server sends 20 quotes every 10 ms, of 200 topics in turn. ' +
    'Ratios are to the hand-written store with as many components. *Renders* is per message and component that reads its topic. ' +
    'Implementations with a socket per component cannot have 2,000 components, because Chromium allows 255 sockets.',
  rounds: 5,
  /** With a socket per component, a message takes a hundred times as long. */
  sizes: {
    sharing: { messages: 4_000, warmUp: 2_000 },
    socketPerComponent: { messages: 600, warmUp: 400 },
  },
  quickSizes: {
    sharing: { messages: 200, warmUp: 200 },
    socketPerComponent: { messages: 200, warmUp: 200 },
  },
  entries,
  isReference: ({ key, layout }, row) => key === 'store' && layout === row.layout,
  /** The targets compare the layouts of one implementation, so these run one after the other. */
  groupOf: ({ key }) => key,

  async measure({ key, layout }, { browser, server, path, sizes }) {
    const { components, topics: readTopics, readers, inFirstRoot } = layouts[layout];
    const { messages, warmUp } = sharing.includes(key) ? sizes.sharing : sizes.socketPerComponent;
    await browser.call('renderTickers', key, server.url(path), {
      components,
      topics: readTopics,
      inFirstRoot,
    });
    await server.call('waitForOpenSockets', path, sharing.includes(key) ? 1 : components);
    const countRenders = async (from, count) => {
      await browser.call('startRenderCount', from + count - TOPICS_WITH_MESSAGES, readers);
      await server.call('sendQuotes', path, {
        from,
        count,
        topics: TOPICS_WITH_MESSAGES,
        batch: 20,
        intervalMs: 10,
      });
      return browser.call('finishRenderCount');
    };
    await countRenders(0, warmUp);
    let renders;
    const times = await browser.measureTime(async () => {
      renders = await countRenders(warmUp, messages);
    });
    const deliveries = messages * (readers / TOPICS_WITH_MESSAGES);
    return {
      sockets: await server.call('countOpened', path),
      renders: renders / deliveries,
      script: times.script / messages,
      thread: times.thread / messages,
      scriptPerReader: times.script / deliveries,
    };
  },

  columns: [
    fixed('sockets', 'sockets', 0),
    fixed('renders', 'renders', 2),
    ratioTo('script', 'script time vs. store'),
    ratioTo('thread', 'main thread vs. store'),
    column('script, µs per message', 'script'),
  ],
};
