import { useEffect, useRef } from 'react';

/** A socket in an effect, without anything else; it calls the newest handler, as the libraries do. */
export function useBareSocket(url, onMessage) {
  const latest = useRef(onMessage);
  useEffect(() => {
    latest.current = onMessage;
  });
  useEffect(() => {
    const socket = new WebSocket(url);
    socket.onmessage = (event) => latest.current(JSON.parse(event.data));
    return () => socket.close();
  }, [url]);
}

export const bareSocket = {
  useHandler({ url }, onMessage) {
    useBareSocket(url, onMessage);
  },
};

/** Counts messages without reading them: the cost of the measurement itself. */
export const emptyHandler = {
  useHandler({ url }, onMessage) {
    const latest = useRef(onMessage);
    useEffect(() => {
      const socket = new WebSocket(url);
      let n = 0;
      socket.onmessage = () => {
        latest.current({ n });
        n += 1;
      };
      return () => socket.close();
    }, [url]);
  },
};
