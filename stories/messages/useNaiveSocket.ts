import { useEffect, useState } from 'react';

import type { WebSocketConstructor } from '../../src/index.js';

/**
 * A hook as it is often hand-written: the latest message is state. Messages that arrive between two renders
 * replace each other, so the component never sees them.
 */
export function useNaiveSocket<Message>(
  url: string,
  WebSocket: WebSocketConstructor,
  onReceived: () => void,
): Message | null {
  const [message, setMessage] = useState<Message | null>(null);

  useEffect(() => {
    const socket = new WebSocket(url);
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      onReceived();
      setMessage(JSON.parse(data) as Message);
    };
    return () => socket.close();
  }, [url, WebSocket]);

  return message;
}
