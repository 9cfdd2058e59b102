import { nameOf } from '../contestants/names.mjs';
import { column, percent, ratioBeyond, ratioTo, renders } from '../columns.mjs';

const entries = [
  { key: 'deaf', mode: 'handler' },
  { key: 'bare', mode: 'handler' },
  { key: 'ours', mode: 'handler' },
  { key: 'reactUseWebSocket', mode: 'handler' },
  { key: 'partysocket', mode: 'handler' },
  { key: 'reconnectingWebSocket', mode: 'handler' },
  { key: 'ahooks', mode: 'handler' },
  { key: 'ours', mode: 'reduced' },
  { key: 'reducerHook', mode: 'reduced' },
  { key: 'store', mode: 'reduced' },
  { key: 'frameStore', mode: 'reduced' },
  { key: 'ours', mode: 'latest' },
  { key: 'reactUseWebSocket', mode: 'latest' },
  { key: 'partysocket', mode: 'latest' },
  { key: 'reconnectingWebSocket', mode: 'latest' },
  { key: 'ahooks', mode: 'latest' },
  { key: 'stateHook', mode: 'latest' },
];

const kinds = { handler: 'handler', reduced: 'state, every message', latest: 'state, newest message' };

/** Everything that a server has to say, sent in one go to one component. */
export const burst = {
  id: 'burst',
  title: ({ messages }) => `A burst of ${messages} messages`,
  about:
    'One component reads JSON quotes that the server sends in one go: in a handler, folded into state, or the newest one as state. ' +
    '*Seen* is the share of the messages that the handler was called with, or that rendered state was made of. ' +
    '*Most in a frame* are renders between two animation frames. ' +
    'Chromium’s clock costs time for each message too; *beyond reading nothing* leaves out what a handler that does nothing takes.',
  rounds: 9,
  sizes: { messages: 20_000, warmUp: 10_000 },
  quickSizes: { messages: 2_000, warmUp: 1_000 },
  entries: entries.map((entry) => ({ ...entry, name: `${nameOf(entry.key)}: ${kinds[entry.mode]}` })),
  isReference: ({ key }) => key === 'bare',

  async sample({ key, mode }, { browser, server, path, sizes }) {
    const { messages, warmUp } = sizes;
    await browser.call('showReader', key, mode, server.url(path));
    await server.call('waitOpen', path, 1);
    const read = async (from, count) => {
      await browser.call('countUntil', from + count - 1);
      await server.call('stream', path, { from, count, topics: 200 });
      return browser.call('counted');
    };
    await read(0, warmUp);
    let counts;
    const times = await browser.time(async () => {
      counts = await read(warmUp, messages);
    });
    return {
      ...counts,
      share: counts.seen / messages,
      script: times.script / messages,
      thread: times.thread / messages,
    };
  },

  columns: [
    percent('seen', 'share'),
    renders('renders', 'renders'),
    renders('most in a frame', 'mostInFrame'),
    ratioTo('script', 'script time, to bare'),
    ratioBeyond('deaf', 'script', 'beyond reading nothing'),
    ratioTo('thread', 'main thread, to bare'),
    column('script, µs a message', 'script'),
  ],
};
