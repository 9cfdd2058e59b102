/** A frame that a server was sent. */
export interface ReceivedFrame {
  readonly kind: 'text' | 'binary';
  /** Bytes of payload. */
  readonly size: number;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
}

/** What can be seen of a server from where it stands. */
export interface ServerState {
  /** Whether dials are accepted. */
  readonly isUp: boolean;
  /** Whether every socket is closed right after it has opened. */
  readonly isFlapping: boolean;
  /** Whether it hears and says nothing, as a stopped process does. */
  readonly isFrozen?: boolean | undefined;
  /** Open sockets. */
  readonly clients: number;
  /** Dials that were answered. */
  readonly accepted: number;
  /** Dials that were refused, or `null` where nobody is there to count them. */
  readonly refused: number | null;
  /** The newest first. */
  readonly frames: readonly ReceivedFrame[];
}

/** A server that a story shows, in this page or on this machine: what it sees, and what it can be told to do. */
export interface DemoServer {
  readonly getState: () => ServerState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Closes all with 1012 and refuses dials for a while. */
  readonly restart: (seconds?: number) => void;
  /** Closes all with 1003. */
  readonly rejectData: () => void;
  /** Ends all without a close frame: 1006. */
  readonly kill: () => void;
  /** From now on (or no longer) closes every socket right after it has opened, and those that are open. */
  readonly flap: (on: boolean) => void;
}

/** How many frames a server remembers. */
export const REMEMBERED_FRAMES = 3;

/** A server that nobody has dialled yet. */
export const UNTOUCHED: ServerState = {
  isUp: true,
  isFlapping: false,
  clients: 0,
  accepted: 0,
  refused: null,
  frames: [],
};
