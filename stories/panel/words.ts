import { describeCloseCode } from '../../src/closeCodes/index.js';
import type { CloseInfo, ConnectionState, ConnectionStatus } from '../../src/index.js';

export {
  describeEvent,
  formatBytes,
  formatSeconds,
  formatTime,
  nameClose,
} from '../../src/devtools/words.js';

/** The states as a person reads them. */
export const STATUS_WORDS: Readonly<Record<ConnectionStatus, string>> = {
  idle: 'Idle',
  connecting: 'Connecting',
  open: 'Open',
  reconnecting: 'Reconnecting',
  closed: 'Closed',
  failed: 'Failed',
};

/**
 * Why the connection is in its state, in one sentence. It stays the same through all attempts of one outage,
 * so that it can be read aloud.
 */
export function explainState(state: ConnectionState): string {
  switch (state.status) {
    case 'idle':
      return 'Nothing is dialled while nobody uses the connection.';
    case 'connecting':
      return 'The first handshake is under way.';
    case 'open':
      return 'Messages flow.';
    case 'reconnecting':
      return explainCause(state.cause);
    case 'closed':
      return state.lastClose.local
        ? 'This side has closed the connection.'
        : 'The server has ended it normally.';
    case 'failed':
      return FAILURES[state.error.kind];
  }
}

const FAILURES = {
  contract: 'One side sent what the other does not accept.',
  policy: 'The server does not want this client.',
  exhausted: 'All attempts to reconnect are spent.',
  setup: 'No socket could be made.',
} as const;

function explainCause(cause: CloseInfo): string {
  if (cause.code === 1012) return 'The server is restarting.';
  if (!cause.opened) return 'The server could not be reached.';
  return cause.code === 1006 ? 'The connection was lost.' : describeCloseCode(cause.code).summary;
}
