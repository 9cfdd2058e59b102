import { useSyncExternalStore } from 'react';

/** A store of the status of one socket, which is open while a component subscribes. */
function createStatusStore(url) {
  const listeners = new Set();
  let socket = null;
  let status = 'connecting';
  const setStatus = (next) => {
    status = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => status,
    subscribe(listener) {
      listeners.add(listener);
      if (!socket) {
        socket = new WebSocket(url);
        socket.onopen = () => setStatus('open');
        socket.onclose = () => setStatus('closed');
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
