import useWebSocketModule from 'react-use-websocket';
import { parseOnce } from './parseOnce.js';

// The package is CommonJS, so its default export depends on the bundler.
const useWebSocket = useWebSocketModule.default ?? useWebSocketModule;

const never = () => false;

export const reactUseWebSocket = {
  useHandler({ url }, onMessage) {
    // This filter prevents renders; the callback is called anyway.
    useWebSocket(url, { filter: never, onMessage: (event) => onMessage(JSON.parse(event.data)) });
  },
  useLatest: ({ url }) => useWebSocket(url).lastJsonMessage,
  useTopic: ({ url }, topic) =>
    useWebSocket(url, { share: true, filter: (event) => parseOnce(event.data).topic === topic })
      .lastJsonMessage,
  useShared: ({ url }) => useWebSocket(url, { share: true }),
  useOwn: ({ url }) => useWebSocket(url).readyState,
  useSharedLatest: ({ url }) => useWebSocket(url, { share: true }).lastJsonMessage,
  useInline: ({ url }, tick) =>
    useWebSocket(url, {
      protocols: [],
      shouldReconnect: () => true,
      reconnectInterval: (attempt) => Math.min(500 * 2 ** attempt, 2_000),
      onOpen: () => tick,
      onMessage: () => tick,
      onClose: () => tick,
    }),
};
