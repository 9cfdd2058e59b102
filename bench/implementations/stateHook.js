import { useEffect, useReducer, useState } from 'react';
import { useBareSocket } from './bareSocket.js';

export const stateHook = {
  useLatest({ url }) {
    const [latest, setLatest] = useState(null);
    useBareSocket(url, setLatest);
    return latest;
  },
  useTopic({ url }, topic) {
    const [latest, setLatest] = useState(null);
    useBareSocket(url, (message) => {
      if (message.topic === topic) setLatest(message);
    });
    return latest;
  },
  useOwn({ url }) {
    const [status, setStatus] = useState('connecting');
    useEffect(() => {
      const socket = new WebSocket(url);
      socket.onopen = () => setStatus('open');
      socket.onclose = () => setStatus('closed');
      return () => socket.close();
    }, [url]);
    return status;
  },
  useInline({ url }, tick) {
    useBareSocket(url, () => tick);
  },
};

export const reducerHook = {
  useReduced({ url }, reduce, initial) {
    const [state, dispatch] = useReducer(reduce, initial);
    useBareSocket(url, dispatch);
    return state;
  },
};
