import { type DemoServer, type ServerState, INITIAL_STATE } from './serverState.js';

/** A server on this machine, controlled over HTTP. */
export interface LiveServer extends DemoServer {
  /** Sends quotes and echoes everything. */
  readonly quotesUrl: string;
  /** Accepts text only. */
  readonly textUrl: string;
  readonly getAvailability: () => Availability;
}

/** Whether the server runs. A restart does not change it, because the control port stays up. */
export type Availability = 'unknown' | 'running' | 'absent';

/** Connects to the server that `npm start` runs while there are subscribers. */
export function createLiveServer(url: string): LiveServer {
  const base = url.replace(/\/$/, '');
  const controlUrl = controlUrlOf(base);
  const listeners = new Set<() => void>();
  let state: ServerState = { ...INITIAL_STATE, isUp: false };
  let availability: Availability = 'unknown';
  let eventSource: EventSource | undefined;

  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const connect = (): void => {
    eventSource = new EventSource(`${controlUrl}/events`);
    eventSource.onmessage = ({ data }: MessageEvent<string>) => {
      state = JSON.parse(data) as ServerState;
      availability = 'running';
      notify();
    };
    // EventSource reconnects automatically, so a server that starts later is found.
    eventSource.onerror = () => {
      availability = 'absent';
      notify();
    };
  };
  const sendCommand = (command: string): void => {
    fetch(`${controlUrl}/${command}`, { method: 'POST' }).catch(() => {
      availability = 'absent';
      notify();
    });
  };

  return {
    quotesUrl: `${base}/quotes`,
    textUrl: `${base}/text`,
    getState: () => state,
    getAvailability: () => availability,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) connect();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) eventSource?.close();
      };
    },
    restart: (seconds = 3) => sendCommand(`restart?down=${seconds}`),
    rejectData: () => sendCommand('reject'),
    kill: () => sendCommand('kill'),
    setFlapping: (isFlapping) => sendCommand(`flap?on=${isFlapping}`),
  };
}

/** The control port is the one after the socket port; it stays up during a restart. */
function controlUrlOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `http://${hostname}:${Number(port) + 1}`;
}
