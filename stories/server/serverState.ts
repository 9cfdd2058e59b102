/** A frame that a server received. */
export interface ReceivedFrame {
  readonly kind: 'text' | 'binary';
  /** Payload in bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A server's own view. */
export interface ServerState {
  /** Whether it accepts connections. */
  readonly isUp: boolean;
  /** Whether it closes every socket right after it opened. */
  readonly isFlapping: boolean;
  /** Whether it receives and sends nothing, like a stopped process. */
  readonly isFrozen?: boolean | undefined;
  /** Open sockets. */
  readonly clients: number;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Connections refused so far; `null` if the server cannot count them because it does not run meanwhile. */
  readonly refused: number | null;
  /** Newest first. */
  readonly frames: readonly ReceivedFrame[];
}

/** A server that a story shows and controls, in this page or on this machine. */
export interface DemoServer {
  readonly getState: () => ServerState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Closes all sockets with 1012 and refuses connections for a while. */
  readonly restart: (seconds?: number) => void;
  /** Closes all sockets with 1003. */
  readonly rejectData: () => void;
  /** Ends all sockets without a close frame: 1006. */
  readonly kill: () => void;
  /** While flapping, it closes every socket right after it opened. */
  readonly setFlapping: (isFlapping: boolean) => void;
}

/** The number of frames kept in `frames`. */
export const REMEMBERED_FRAMES = 3;

/** The state of a server without clients. */
export const INITIAL_STATE: ServerState = {
  isUp: true,
  isFlapping: false,
  clients: 0,
  accepted: 0,
  refused: null,
  frames: [],
};
