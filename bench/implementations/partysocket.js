import { useWebSocket } from 'partysocket/react';
import { useState } from 'react';

export const partysocket = {
  useHandler({ url }, onMessage) {
    useWebSocket(url, [], { onMessage: (event) => onMessage(JSON.parse(event.data)) });
  },
  useLatest({ url }) {
    const [latest, setLatest] = useState(null);
    useWebSocket(url, [], { onMessage: (event) => setLatest(JSON.parse(event.data)) });
    return latest;
  },
  useTopic({ url }, topic) {
    const [latest, setLatest] = useState(null);
    useWebSocket(url, [], {
      onMessage(event) {
        const message = JSON.parse(event.data);
        if (message.topic === topic) setLatest(message);
      },
    });
    return latest;
  },
  useOwn: ({ url }) => {
    const [status, setStatus] = useState('connecting');
    useWebSocket(url, [], { onOpen: () => setStatus('open'), onClose: () => setStatus('closed') });
    return status;
  },
  useInline: ({ url }, tick) =>
    useWebSocket(url, [], {
      minReconnectionDelay: 500,
      maxReconnectionDelay: 2_000,
      onOpen: () => tick,
      onMessage: () => tick,
      onClose: () => tick,
    }),
};
