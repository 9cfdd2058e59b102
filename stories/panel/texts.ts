import { describeCloseCode } from '../../src/closeCodes/index.js';
import type { CloseInfo, ConnectionState, ConnectionStatus } from '../../src/index.js';

/** Labels of the states. */
export const STATUS_LABELS: Readonly<Record<ConnectionStatus, string>> = {
  idle: 'Idle',
  connecting: 'Connecting',
  open: 'Open',
  reconnecting: 'Reconnecting',
  closed: 'Closed',
  failed: 'Failed',
};

/**
 * Explains the state in one sentence. It stays the same during an outage, because a screen reader announces every
 * change.
 */
export function explainState(state: ConnectionState): string {
  switch (state.status) {
    case 'idle':
      return 'No component uses the connection.';
    case 'connecting':
      return 'Connecting for the first time.';
    case 'open':
      return 'Connected.';
    case 'reconnecting':
      return explainCause(state.cause);
    case 'closed':
      return state.lastClose.local
        ? 'You closed the connection.'
        : 'The server closed the connection normally.';
    case 'failed':
      return FAILURES[state.error.kind];
  }
}

const FAILURES = {
  contract: 'Client and server disagree about the data.',
  policy: 'The server denied access.',
  exhausted: 'All reconnect attempts failed.',
  setup: 'The WebSocket could not be created.',
} as const;

function explainCause(cause: CloseInfo): string {
  if (cause.code === 1012) return 'The server is restarting.';
  if (!cause.opened) return 'The server could not be reached.';
  return cause.code === 1006 ? 'The connection was lost.' : describeCloseCode(cause.code).summary;
}
