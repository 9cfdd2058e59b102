import type { CloseInfo } from './closeInfo.js';
import type { WebSocketError } from './errors.js';

/**
 * The state of a connection. Every member has every key, so that destructuring narrows by `status`.
 *
 * - `idle`: not in use
 * - `connecting`: the first dial is under way
 * - `open`: connected
 * - `reconnecting`: an outage is being recovered, between dials or dialling
 * - `closed`: ended normally
 * - `failed`: ended by an error that retrying cannot fix, which is in `error`
 */
export type ConnectionState = Idle | Connecting | Open | Reconnecting | Closed | Failed;

/** The six states. */
export type ConnectionStatus = ConnectionState['status'];

/** The columns of the state table. */
export interface Snapshot {
  readonly status: string;
  /** The number of the attempt within the outage; after a failure, the attempts made. */
  readonly attempt: number;
  /** When the next dial is due, in ms since the epoch, while a delay runs. */
  readonly retryAt: number | null;
  /** What has to happen next: a delay must pass, the network must return, or a handshake must finish. */
  readonly waitingFor: 'delay' | 'network' | 'handshake' | null;
  /** The close that began the outage. */
  readonly cause: CloseInfo | null;
  /** The latest close. */
  readonly lastClose: CloseInfo | null;
  readonly error: WebSocketError | null;
}

interface AtRest extends Snapshot {
  readonly attempt: 0;
  readonly retryAt: null;
  readonly waitingFor: null;
  readonly cause: null;
  readonly lastClose: null;
  readonly error: null;
}
interface Idle extends AtRest {
  readonly status: 'idle';
}
interface Connecting extends Omit<AtRest, 'waitingFor'> {
  readonly status: 'connecting';
  readonly waitingFor: 'handshake';
}
interface Open extends Omit<AtRest, 'lastClose'> {
  readonly status: 'open';
  readonly lastClose: CloseInfo | null;
}
interface Reconnecting extends Snapshot {
  readonly status: 'reconnecting';
  readonly waitingFor: 'delay' | 'network' | 'handshake';
  readonly cause: CloseInfo;
  readonly lastClose: CloseInfo;
  readonly error: null;
}
interface Closed extends Omit<AtRest, 'lastClose'> {
  readonly status: 'closed';
  readonly lastClose: CloseInfo;
}
interface Failed extends Snapshot {
  readonly status: 'failed';
  readonly retryAt: null;
  readonly waitingFor: null;
  readonly cause: null;
  readonly error: WebSocketError;
}

/** The snapshot of a connection that is not in use, and of every server render. */
export const IDLE: ConnectionState = /* @__PURE__ */ Object.freeze({
  status: 'idle',
  attempt: 0,
  retryAt: null,
  waitingFor: null,
  cause: null,
  lastClose: null,
  error: null,
});

/** The snapshot of every first dial. */
export const CONNECTING: ConnectionState = /* @__PURE__ */ Object.freeze({
  ...IDLE,
  status: 'connecting',
  waitingFor: 'handshake',
} as const);
