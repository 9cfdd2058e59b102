import { useWebSocket } from 'ahooks';
import { useMemo, useState } from 'react';

export const ahooks = {
  useHandler({ url }, onMessage) {
    useWebSocket(url, { onMessage: (event) => onMessage(JSON.parse(event.data)) });
  },
  useLatest({ url }) {
    const { latestMessage } = useWebSocket(url);
    return useMemo(() => latestMessage && JSON.parse(latestMessage.data), [latestMessage]);
  },
  useTopic({ url }, topic) {
    const [latest, setLatest] = useState(null);
    useWebSocket(url, {
      onMessage(event) {
        const message = JSON.parse(event.data);
        if (message.topic === topic) setLatest(message);
      },
    });
    return latest;
  },
  useInline: ({ url }, tick) =>
    useWebSocket(url, {
      protocols: [],
      reconnectInterval: 500,
      onOpen: () => tick,
      onMessage: () => tick,
      onClose: () => tick,
    }),
};
