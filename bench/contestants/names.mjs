/**
 * The contestants as the tables name them; for the packages, what an application imports to use them.
 */
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
  stateHook: { name: 'hook by hand, useState' },
  reducerHook: { name: 'hook by hand, useReducer' },
  store: { name: 'store by hand, useSyncExternalStore' },
  frameStore: { name: 'the same store, once a frame' },
  statusStore: { name: 'status store by hand, useSyncExternalStore' },
  bare: { name: 'bare onmessage' },
  deaf: { name: 'onmessage that reads nothing' },
};

export const nameOf = (key) => names[key].name;
