import { column, percent, ratioTo, ratioWithoutBase, renders } from '../columns.mjs';
import { burst } from './burst.mjs';
import { jsdomFlags, runInNewProcess } from './runInNewProcess.mjs';

/** The burst without a browser and a network: the cost of the libraries alone. */
export const burstInNode = {
  id: 'burstInNode',
  title: ({ messages }) => `In Node: ${messages} messages from a socket without a network`,
  description:
    'The same components in jsdom, with a new process for each measurement; a hundred messages per task, with microtasks after each. ' +
    'The cost of a frame is that of jsdom, so the figures of the browser are the ones that count; these show the cost of the code alone.',
  rounds: 3,
  sizes: { messages: 50_000, warmUp: 50_000 },
  quickSizes: { messages: 5_000, warmUp: 5_000 },
  entries: burst.entries,
  isReference: burst.isReference,

  async measure({ key, mode }, { scripts, sizes }) {
    const { messages, warmUp } = sizes;
    return runInNewProcess(scripts.burst, [key, mode, messages, warmUp], jsdomFlags);
  },

  columns: [
    percent('seen', 'share'),
    renders('renders', 'renders'),
    ratioTo('cpu', 'CPU time vs. bare'),
    ratioWithoutBase('emptyHandler', 'cpu', 'less empty handler'),
    column('CPU, µs per message', 'cpu'),
  ],
};
