import { useEffect, useRef, useState } from 'react';
import ReconnectingWebSocket from 'reconnecting-websocket';

/** A hook as applications typically write it around the package. */
function useReconnecting(url, onMessage, options) {
  const latest = useRef(onMessage);
  useEffect(() => {
    latest.current = onMessage;
  });
  const initialOptions = useRef(options);
  useEffect(() => {
    const socket = new ReconnectingWebSocket(url, [], initialOptions.current);
    socket.addEventListener('message', (event) => latest.current(JSON.parse(event.data)));
    return () => socket.close();
  }, [url]);
}

export const reconnectingWebSocket = {
  useHandler({ url }, onMessage) {
    useReconnecting(url, onMessage);
  },
  useLatest({ url }) {
    const [latest, setLatest] = useState(null);
    useReconnecting(url, setLatest);
    return latest;
  },
  useTopic({ url }, topic) {
    const [latest, setLatest] = useState(null);
    useReconnecting(url, (message) => {
      if (message.topic === topic) setLatest(message);
    });
    return latest;
  },
  useInline({ url }, tick) {
    useReconnecting(url, () => tick, { minReconnectionDelay: 500, maxReconnectionDelay: 2_000 });
  },
};
