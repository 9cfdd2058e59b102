import { useEffect, useRef } from 'react';

/** A socket in an effect and nothing around it; the handler is the newest one, as with the libraries. */
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

export const bare = {
  useHandler({ url }, onMessage) {
    useBareSocket(url, onMessage);
  },
};

/** Counts messages and reads none: what the measurement itself costs. */
export const deaf = {
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
