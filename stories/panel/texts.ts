import { describeCloseCode } from '../../src/closeCodes/index.js';
import type { CloseInfo, ConnectionEvent, ConnectionState, ConnectionStatus } from '../../src/index.js';
import { formatBytes, formatClose, formatSeconds } from './format.js';

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

/** Describes an event in a few words. */
export function describeEvent(event: ConnectionEvent): string {
  switch (event.type) {
    case 'dial':
    case 'open':
      return event.attempt === 0 ? 'first attempt' : `attempt ${event.attempt}`;
    case 'message':
    case 'sent':
    case 'queued':
      return `${event.kind}, ${formatBytes(event.size)}`;
    case 'dropped':
      return event.reason;
    case 'close':
      return describeClose(event.close);
    case 'retry':
      return event.retryAt === null
        ? `attempt ${event.attempt} when the page is online`
        : `attempt ${event.attempt} in ${formatSeconds(event.retryAt - event.at, 2)}`;
    case 'fail':
      return event.error.code === null ? event.error.kind : `${event.error.kind}, ${event.error.code}`;
    case 'violation':
      return event.error.message;
    case 'heartbeat':
      return event.phase;
  }
}

function describeClose(close: CloseInfo): string {
  if (close.local) return `${formatClose(close)}, by this page`;
  if (!close.opened) return `${formatClose(close)}, attempt refused`;
  return close.reason ? `${formatClose(close)}: “${close.reason}”` : formatClose(close);
}
