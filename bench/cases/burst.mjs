import { withNames } from '../implementations/names.mjs';
import { column, percent, ratioTo, ratioWithoutBase, renders } from '../columns.mjs';

const modes = { handler: 'handler', reduced: 'state, every message', latest: 'state, newest message' };

/** One component that reads many messages at once. */
export const burst = {
  id: 'burst',
  title: ({ messages }) => `A burst of ${messages} messages`,
  description:
    'One component reads JSON quotes that the server sends all at once: in a handler, reduced into state, or the newest one as state. ' +
    '*Seen* is the share of the messages that the handler got, or that rendered state was made of. ' +
    '*Most per frame* is the largest number of renders between two animation frames. ' +
    'Measuring costs Chromium some time for each message too; *less empty handler* subtracts the time of a handler that does not parse.',
  rounds: 9,
  sizes: { messages: 20_000, warmUp: 10_000 },
  quickSizes: { messages: 2_000, warmUp: 1_000 },
  entries: withNames(
    [
      { key: 'emptyHandler', mode: 'handler' },
      { key: 'bareSocket', mode: 'handler' },
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
    ].map((entry) => ({ ...entry, what: modes[entry.mode] })),
  ),
  isReference: ({ key }) => key === 'bareSocket',

  async measure({ key, mode }, { browser, server, path, sizes }) {
    const { messages, warmUp } = sizes;
    await browser.call('renderReader', key, mode, server.url(path));
    await server.call('waitForOpenSockets', path, 1);
    const read = async (from, count) => {
      await browser.call('startCount', from + count - 1);
      await server.call('sendQuotes', path, { from, count, topics: 200 });
      return browser.call('finishCount');
    };
    await read(0, warmUp);
    let counts;
    const times = await browser.measureTime(async () => {
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
    renders('most per frame', 'mostInFrame'),
    ratioTo('script', 'script time vs. bare'),
    ratioWithoutBase('emptyHandler', 'script', 'less empty handler'),
    ratioTo('thread', 'main thread vs. bare'),
    column('script, µs per message', 'script'),
  ],
};
