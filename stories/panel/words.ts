import { describeCloseCode } from '../../src/closeCodes/index.js';
import type { CloseInfo, ConnectionEvent, ConnectionState, ConnectionStatus } from '../../src/index.js';

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

/** A code with its name. */
export function nameClose({ code, name }: CloseInfo): string {
  return `${code} ${name}`;
}

/** A time of day with milliseconds, as a log has it. */
export function formatTime(at: number): string {
  const date = new Date(at);
  const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
}

/** A span of ms in seconds. */
export function formatSeconds(ms: number, digits: number): string {
  return `${(Math.max(0, ms) / 1_000).toFixed(digits)} s`;
}

/** A number of bytes. */
export function formatBytes(size: number): string {
  return `${size.toLocaleString('en-US')} ${size === 1 ? 'byte' : 'bytes'}`;
}

/** One event of a connection, in a few words. */
export function describeEvent(event: ConnectionEvent): string {
  switch (event.type) {
    case 'dial':
    case 'open':
      return event.attempt === 0 ? 'first dial' : `attempt ${event.attempt}`;
    case 'message':
    case 'sent':
    case 'queued':
      return `${event.kind}, ${formatBytes(event.size)}`;
    case 'dropped':
      return event.reason;
    case 'close':
      return describeEnd(event.close);
    case 'retry':
      return event.retryAt === null
        ? `attempt ${event.attempt}, once the network is back`
        : `attempt ${event.attempt} in ${formatSeconds(event.retryAt - event.at, 2)}`;
    case 'fail':
      return event.error.code === null ? event.error.kind : `${event.error.kind}, ${event.error.code}`;
    case 'violation':
      return event.error.message;
    case 'heartbeat':
      return event.phase;
  }
}

function describeEnd(close: CloseInfo): string {
  if (close.local) return `${nameClose(close)}, by this side`;
  if (!close.opened) return `${nameClose(close)}, dial refused`;
  return close.reason ? `${nameClose(close)}: “${close.reason}”` : nameClose(close);
}
