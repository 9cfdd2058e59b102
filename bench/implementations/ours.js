import {
  createConnection,
  json,
  useLatestMessage,
  useMessageReducer,
  useWebSocket,
} from 'react-websocket-hooks';

const contract = json();
const options = { contract, onMessage() {} };

export const ours = {
  createSource: (url) => createConnection(url, { contract, topics: { of: (message) => message.topic } }),
  useHandler({ url }, onMessage) {
    useWebSocket(url, { contract, onMessage });
  },
  useLatest({ url }) {
    return useLatestMessage(useWebSocket(url, { contract }));
  },
  useReduced({ url }, reduce, initial) {
    return useMessageReducer(useWebSocket(url, { contract }), reduce, initial);
  },
  useTopic: ({ source }, topic) => useLatestMessage(source, { topic }),
  useStatus: ({ source }) => useWebSocket(source),
  useShared: ({ url }) => useWebSocket(url, { contract, share: true }),
  useOwn: ({ url }) => useWebSocket(url, { contract }).status,
  useSharedLatest: ({ url }) => useLatestMessage(useWebSocket(url, { contract, share: true })),
  useOneTopic: ({ source }) => useLatestMessage(source, { topic: 't0' }),
  useOutside: ({ url }) => useWebSocket(url, options),
  useInline: ({ url }, tick) =>
    useWebSocket(url, {
      contract: json(),
      protocols: [],
      reconnect: { minDelay: 500, maxDelay: 2_000, codes: { 4000: 'stop' } },
      sendQueue: { maxMessages: 10 },
      onOpen: () => tick,
      onMessage: () => tick,
      onClose: () => tick,
    }),
};
