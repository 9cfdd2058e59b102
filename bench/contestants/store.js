/* global requestAnimationFrame */
import { useCallback, useState, useSyncExternalStore } from 'react';

/** A socket that is open while somebody listens. */
function createShared(url, onMessage) {
  let socket = null;
  let users = 0;
  return {
    enter() {
      users += 1;
      if (socket) return;
      socket = new WebSocket(url);
      socket.onmessage = (event) => onMessage(JSON.parse(event.data));
    },
    leave() {
      users -= 1;
      if (users > 0) return;
      socket.close();
      socket = null;
    },
  };
}

/** State folded from every message. */
function createFolded(url, pace, reduce, initial) {
  const listeners = new Set();
  let state = initial;
  const tell = pace(() => {
    for (const listener of listeners) listener();
  });
  const shared = createShared(url, (message) => {
    state = reduce(state, message);
    tell('all');
  });
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      shared.enter();
      return () => {
        listeners.delete(listener);
        shared.leave();
      };
    },
  };
}

/** The newest message of each topic. */
function createTopics(url, pace) {
  const listeners = new Map();
  const latest = new Map();
  const tell = pace((topic) => {
    for (const listener of listeners.get(topic) ?? []) listener();
  });
  const shared = createShared(url, (message) => {
    latest.set(message.topic, message);
    tell(message.topic);
  });
  return {
    get: (topic) => latest.get(topic),
    subscribe(topic, listener) {
      let own = listeners.get(topic);
      if (!own) listeners.set(topic, (own = new Set()));
      own.add(listener);
      shared.enter();
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(topic);
        shared.leave();
      };
    },
  };
}

function useStoredTopic({ source }, topic) {
  const subscribe = useCallback((listener) => source.subscribe(topic, listener), [source, topic]);
  const get = () => source.get(topic);
  return useSyncExternalStore(subscribe, get, get);
}

const createContestant = (pace) => ({
  createSource: (url) => createTopics(url, pace),
  useReduced({ url }, reduce, initial) {
    const [store] = useState(() => createFolded(url, pace, reduce, initial));
    return useSyncExternalStore(store.subscribe, store.get, store.get);
  },
  useTopic: useStoredTopic,
  useInline: (place, tick) => useStoredTopic(place, tick < 0 ? 'none' : 't0'),
});

const atOnce = (tell) => tell;

const onceAFrame = (tell) => {
  const changed = new Set();
  return (topic) => {
    changed.add(topic);
    if (changed.size > 1) return;
    requestAnimationFrame(() => {
      const all = [...changed];
      changed.clear();
      all.forEach(tell);
    });
  };
};

/** Tells React of every message as it comes. */
export const store = createContestant(atOnce);

/** Tells React once a frame. */
export const frameStore = createContestant(onceAFrame);
