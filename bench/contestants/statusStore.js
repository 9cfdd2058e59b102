import { useSyncExternalStore } from 'react';

/** The status of one socket, which is open while any component shows it. */
function createStatusStore(url) {
  const listeners = new Set();
  let socket = null;
  let status = 'connecting';
  const show = (next) => {
    status = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => status,
    subscribe(listener) {
      listeners.add(listener);
      if (!socket) {
        socket = new WebSocket(url);
        socket.onopen = () => show('open');
        socket.onclose = () => show('closed');
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        socket.close();
        socket = null;
        status = 'connecting';
      };
    },
  };
}

export const statusStore = {
  createSource: createStatusStore,
  useShared: ({ source }) => ({ status: useSyncExternalStore(source.subscribe, source.get, source.get) }),
};
