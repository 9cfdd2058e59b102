/* global requestAnimationFrame */
import { useCallback, useState, useSyncExternalStore } from 'react';

/** A socket that is open as long as it is retained. */
function createSharedSocket(url, onMessage) {
  let socket = null;
  let users = 0;
  return {
    retain() {
      users += 1;
      if (socket) return;
      socket = new WebSocket(url);
      socket.onmessage = (event) => onMessage(JSON.parse(event.data));
    },
    release() {
      users -= 1;
      if (users > 0) return;
      socket.close();
      socket = null;
    },
  };
}

/** A store whose state is reduced from every message. */
function createReducerStore(url, schedule, reduce, initial) {
  const listeners = new Set();
  let state = initial;
  const notify = schedule(() => {
    for (const listener of listeners) listener();
  });
  const socket = createSharedSocket(url, (message) => {
    state = reduce(state, message);
    notify('all');
  });
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      socket.retain();
      return () => {
        listeners.delete(listener);
        socket.release();
      };
    },
  };
}

/** A store of the newest message of each topic. */
function createTopicStore(url, schedule) {
  const listenersOf = new Map();
  const latest = new Map();
  const notify = schedule((topic) => {
    for (const listener of listenersOf.get(topic) ?? []) listener();
  });
  const socket = createSharedSocket(url, (message) => {
    latest.set(message.topic, message);
    notify(message.topic);
  });
  return {
    get: (topic) => latest.get(topic),
    subscribe(topic, listener) {
      let listeners = listenersOf.get(topic);
      if (!listeners) listenersOf.set(topic, (listeners = new Set()));
      listeners.add(listener);
      socket.retain();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) listenersOf.delete(topic);
        socket.release();
      };
    },
  };
}

function useStoredTopic({ source }, topic) {
  const subscribe = useCallback((listener) => source.subscribe(topic, listener), [source, topic]);
  const get = () => source.get(topic);
  return useSyncExternalStore(subscribe, get, get);
}

const createImplementation = (schedule) => ({
  createSource: (url) => createTopicStore(url, schedule),
  useReduced({ url }, reduce, initial) {
    const [store] = useState(() => createReducerStore(url, schedule, reduce, initial));
    return useSyncExternalStore(store.subscribe, store.get, store.get);
  },
  useTopic: useStoredTopic,
  useInline: (endpoint, tick) => useStoredTopic(endpoint, tick < 0 ? 'none' : 't0'),
});

const immediately = (notify) => notify;

const oncePerFrame = (notify) => {
  const changed = new Set();
  return (topic) => {
    changed.add(topic);
    if (changed.size > 1) return;
    requestAnimationFrame(() => {
      const topics = [...changed];
      changed.clear();
      topics.forEach(notify);
    });
  };
};

/** Notifies React of every message at once. */
export const store = createImplementation(immediately);

/** Notifies React once per frame. */
export const frameStore = createImplementation(oncePerFrame);
