import type { CloseInfo, ConnectionEvent } from '../core/index.js';

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

/** How much of a message is shown. */
const LONGEST = 2_000;

/** Everything about an event, for those who look closer. */
export function detailEvent(event: ConnectionEvent): string {
  const { at: _at, type: _type, ...rest } = event;
  const text = 'message' in event ? showMessage(event.message) : JSON.stringify(rest, showValue, 2);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A message as it can be read: bytes cannot, and what has no JSON form says what it is. */
function showMessage(message: unknown): string {
  if (typeof message === 'string') return message;
  if (message instanceof Blob) return `Blob, ${formatBytes(message.size)}`;
  if (message instanceof ArrayBuffer || ArrayBuffer.isView(message))
    return `${message.constructor.name}, ${formatBytes(message.byteLength)}`;
  try {
    const json = JSON.stringify(message, null, 2) as string | undefined;
    return json ?? String(message);
  } catch {
    return String(message);
  }
}

/** An error has no JSON form of its own: its message is left out. */
function showValue(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return Object.assign({ message: value.message }, value, { cause: undefined });
}
