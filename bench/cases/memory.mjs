import { fileURLToPath } from 'node:url';
import { column, ratioTo } from '../columns.mjs';
import { nameOf } from '../contestants/names.mjs';
import { inNewProcess } from './inNewProcess.mjs';

const dom = fileURLToPath(new URL('../node/dom.mjs', import.meta.url));

/** What a hook holds in memory together with its connection. */
export const hookMemory = {
  id: 'hookMemory',
  title: () => 'In Node: heap of a hook with its connection',
  about:
    'Bytes in use after garbage collection with 1,000 components in jsdom whose sockets, without a network, are open, less 1,000 that use no hook, for each component. ' +
    'A fresh process for each measurement.',
  rounds: 3,
  sizes: { components: 1_000 },
  quickSizes: { components: 1_000 },
  entries: [
    { key: 'stateHook', kind: 'useOwn', what: 'a connection each' },
    { key: 'ours', kind: 'useOwn', what: 'a connection each' },
    { key: 'reactUseWebSocket', kind: 'useOwn', what: 'a connection each' },
    { key: 'partysocket', kind: 'useOwn', what: 'a connection each' },
    { key: 'ours', kind: 'useSharedLatest', what: 'shared, and useLatestMessage' },
    { key: 'reactUseWebSocket', kind: 'useSharedLatest', what: 'shared, and the newest message' },
  ].map((entry) => ({ ...entry, name: `${nameOf(entry.key)}: ${entry.what}` })),
  isReference: ({ key, kind }, row) => key === 'reactUseWebSocket' && kind === row.kind,

  async sample({ key, kind }, { scripts, sizes }) {
    const flags = ['--expose-gc', '--import', dom];
    return inNewProcess(scripts.hooks, [key, kind, sizes.components], flags);
  },

  columns: [column('bytes a hook', 'bytes', 0), ratioTo('bytes', 'to react-use-websocket')],
};

const kinds = ['ours', 'partysocket', 'reconnectingWebSocket', 'bare'];

/** What a connection without React holds in memory. */
export const connectionMemory = {
  id: 'connectionMemory',
  title: ({ connections }) => `In Node: heap of ${connections} connections`,
  about:
    'Bytes in use after garbage collection for each connection without React: nothing uses it, or its dial is under way. ' +
    'The sockets have no network and no document is there; what such a socket takes itself is the last row. A fresh process for each measurement.',
  rounds: 3,
  sizes: { connections: 5_000 },
  quickSizes: { connections: 5_000 },
  entries: ['idle', 'dialling'].flatMap((state) =>
    kinds.map((key) => ({
      key,
      state,
      name: `${key === 'bare' ? 'the socket itself' : nameOf(key).replace(/ in a hook|\/react/, '')}: ${state}`,
    })),
  ),
  isReference: ({ key, state }, row) => key === 'partysocket' && state === row.state,

  async sample({ key, state }, { scripts, sizes }) {
    return inNewProcess(scripts.connections, [key, state, sizes.connections], ['--expose-gc']);
  },

  columns: [column('bytes a connection', 'bytes', 0), ratioTo('bytes', 'to partysocket')],
};
