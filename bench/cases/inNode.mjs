import { fileURLToPath } from 'node:url';
import { column, percent, ratioBeyond, ratioTo, renders } from '../columns.mjs';
import { burst } from './burst.mjs';
import { inNewProcess } from './inNewProcess.mjs';

const dom = fileURLToPath(new URL('../node/dom.mjs', import.meta.url));

/** The burst without browser and network: what remains is what the libraries themselves do. */
export const inNode = {
  id: 'node',
  title: ({ messages }) => `In Node: ${messages} messages from a socket without a network`,
  about:
    'The same components in jsdom, a fresh process for each measurement; a hundred messages in a task, microtasks after each. ' +
    'What a frame costs is jsdom’s, so the browser’s figures count; these show the code alone.',
  rounds: 3,
  sizes: { messages: 50_000, warmUp: 50_000 },
  quickSizes: { messages: 5_000, warmUp: 5_000 },
  entries: burst.entries,
  isReference: burst.isReference,

  async sample({ key, mode }, { scripts, sizes }) {
    const { messages, warmUp } = sizes;
    return inNewProcess(scripts.burst, [key, mode, messages, warmUp], ['--import', dom]);
  },

  columns: [
    percent('seen', 'share'),
    renders('renders', 'renders'),
    ratioTo('cpu', 'CPU time, to bare'),
    ratioBeyond('deaf', 'cpu', 'beyond reading nothing'),
    column('CPU, µs a message', 'cpu'),
  ],
};
