import { type DemoServer, type ServerState, UNTOUCHED } from './serverState.js';

/** A server on this machine, told through its control what to do. */
export interface LiveServer extends DemoServer {
  /** Where it sends quotes and echoes everything. */
  readonly quotesUrl: string;
  /** Where it accepts text and nothing else. */
  readonly textUrl: string;
  readonly getReach: () => Reach;
}

/** Whether the server is there at all; that it restarts does not count, because its control stays up. */
export type Reach = 'asking' | 'running' | 'absent';

/** Follows the server that `npm start` runs, for as long as somebody subscribes. */
export function createLiveServer(url: string): LiveServer {
  const base = url.replace(/\/$/, '');
  const control = controlOf(base);
  const listeners = new Set<() => void>();
  let state: ServerState = { ...UNTOUCHED, isUp: false };
  let reach: Reach = 'asking';
  let feed: EventSource | undefined;

  const publish = (): void => {
    for (const listener of listeners) listener();
  };
  const follow = (): void => {
    feed = new EventSource(`${control}/events`);
    feed.onmessage = ({ data }: MessageEvent<string>) => {
      state = JSON.parse(data) as ServerState;
      reach = 'running';
      publish();
    };
    // It tries again by itself, so a server that is started later is found.
    feed.onerror = () => {
      reach = 'absent';
      publish();
    };
  };
  const order = (act: string): void => {
    fetch(`${control}/${act}`, { method: 'POST' }).catch(() => {
      reach = 'absent';
      publish();
    });
  };

  return {
    quotesUrl: `${base}/quotes`,
    textUrl: `${base}/text`,
    getState: () => state,
    getReach: () => reach,
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) follow();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) feed?.close();
      };
    },
    restart: (seconds = 3) => order(`restart?down=${seconds}`),
    rejectData: () => order('reject'),
    kill: () => order('kill'),
    flap: (on) => order(`flap?on=${on}`),
  };
}

/** The control listens on the port after that of the sockets, because it has to outlive them. */
function controlOf(url: string): string {
  const { hostname, port } = new URL(url);
  return `http://${hostname}:${Number(port) + 1}`;
}
