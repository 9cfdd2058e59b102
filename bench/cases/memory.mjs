import { column, ratioTo } from '../columns.mjs';
import { nameOf, withNames } from '../implementations/names.mjs';
import { jsdomFlags, runInNewProcess } from './runInNewProcess.mjs';

/** The memory of a hook together with its connection. */
export const hookMemory = {
  id: 'hookMemory',
  title: () => 'In Node: heap per hook with its connection',
  description:
    'Bytes per component, after garbage collection: 1,000 components in jsdom whose sockets, without a network, are open, minus 1,000 that use no hook. ' +
    'There is a new process for each measurement.',
  rounds: 3,
  sizes: { components: 1_000 },
  entries: withNames([
    { key: 'stateHook', hook: 'useOwn', what: 'a connection each' },
    { key: 'ours', hook: 'useOwn', what: 'a connection each' },
    { key: 'reactUseWebSocket', hook: 'useOwn', what: 'a connection each' },
    { key: 'partysocket', hook: 'useOwn', what: 'a connection each' },
    { key: 'ours', hook: 'useSharedLatest', what: 'shared, and useLatestMessage' },
    { key: 'reactUseWebSocket', hook: 'useSharedLatest', what: 'shared, and the newest message' },
  ]),
  isReference: ({ key, hook }, row) => key === 'reactUseWebSocket' && hook === row.hook,

  async measure({ key, hook }, { scripts, sizes }) {
    return runInNewProcess(scripts.hookMemory, [key, hook, sizes.components], ['--expose-gc', ...jsdomFlags]);
  },

  columns: [column('bytes per hook', 'bytes', 0), ratioTo('bytes', 'vs. react-use-websocket')],
};

const withoutReact = ['ours', 'partysocket', 'reconnectingWebSocket', 'bareSocket'];

/** The memory of a connection without React. */
export const connectionMemory = {
  id: 'connectionMemory',
  title: ({ connections }) => `In Node: heap per connection, with ${connections} of them`,
  description:
    'Bytes per connection without React, after garbage collection: *idle* ones were created and not used, *dialling* ones wait for their socket to open. ' +
    'The sockets have no network, and there is no document; the rows of the socket itself show how much of it belongs to the socket. There is a new process for each measurement.',
  rounds: 3,
  sizes: { connections: 5_000 },
  entries: ['idle', 'dialling'].flatMap((state) =>
    withoutReact.map((key) => ({
      key,
      state,
      name: `${key === 'bareSocket' ? 'the socket itself' : nameOf(key).replace(/ in a hook|\/react/, '')}: ${state}`,
    })),
  ),
  isReference: ({ key, state }, row) => key === 'partysocket' && state === row.state,

  async measure({ key, state }, { scripts, sizes }) {
    return runInNewProcess(scripts.connectionMemory, [key, state, sizes.connections], ['--expose-gc']);
  },

  columns: [column('bytes per connection', 'bytes', 0), ratioTo('bytes', 'vs. partysocket')],
};
