/** The names of the implementations in the tables; for packages also what an application imports to use them. */
export const names = {
  ours: { name: 'react-websocket-hooks' },
  reactUseWebSocket: {
    name: 'react-use-websocket',
    packageName: 'react-use-websocket',
    imports: "export { default } from 'react-use-websocket';",
  },
  partysocket: {
    name: 'partysocket/react',
    packageName: 'partysocket',
    imports: "export { useWebSocket } from 'partysocket/react';",
  },
  reconnectingWebSocket: {
    name: 'reconnecting-websocket in a hook',
    packageName: 'reconnecting-websocket',
    imports: "export { default } from 'reconnecting-websocket';",
  },
  ahooks: {
    name: 'ahooks',
    packageName: 'ahooks',
    imports: "export { useWebSocket } from 'ahooks';",
  },
  stateHook: { name: 'hand-written hook, useState' },
  reducerHook: { name: 'hand-written hook, useReducer' },
  store: { name: 'hand-written store, useSyncExternalStore' },
  frameStore: { name: 'hand-written store, once per frame' },
  statusStore: { name: 'hand-written status store, useSyncExternalStore' },
  bareSocket: { name: 'bare onmessage' },
  emptyHandler: { name: 'onmessage that does not parse' },
};

export const nameOf = (key) => names[key].name;

/** Adds the name of each entry in a table: that of its implementation, and what it measures. */
export const withNames = (entries) =>
  entries.map((entry) => ({ ...entry, name: `${nameOf(entry.key)}: ${entry.what}` }));
