import type { CloseInfo, ConnectionEvent } from '../core/index.js';
import { formatBytes, formatSeconds } from './format.js';
import { preview, truncate } from './preview.js';

/** Limit for texts that come from outside, such as close reasons and error messages. */
export const MAX_TEXT_LENGTH = 1_000;
/** Limit for what the opened line of an event shows. */
export const MAX_DETAILS_LENGTH = 4_000;
/** Limit for one line. */
const MAX_LINE_LENGTH = 300;

/** A close code with its name. */
export function formatCloseCode({ code, name }: Pick<CloseInfo, 'code' | 'name'>): string {
  return `${code} ${name}`;
}

/** One event in one line; the message of a frame is not in it. */
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
        ? `attempt ${event.attempt}, once the network is back`
        : `attempt ${event.attempt} in ${formatSeconds(event.retryAt - event.at, 2)}`;
    case 'fail':
      return event.error.code === null ? event.error.kind : `${event.error.kind}, ${event.error.code}`;
    case 'violation':
      return truncate(event.error.message, MAX_LINE_LENGTH);
    case 'heartbeat':
      return event.phase;
  }
}

function describeClose(close: CloseInfo): string {
  if (close.local) return `${formatCloseCode(close)}, by this side`;
  if (!close.opened) return `${formatCloseCode(close)}, attempt refused`;
  return close.reason
    ? `${formatCloseCode(close)}: “${truncate(close.reason, MAX_LINE_LENGTH)}”`
    : formatCloseCode(close);
}

/** The properties of an error that are shown otherwise, or not at all: the cause may hold what errors redact. */
const SHOWN_APART: readonly string[] = ['message', 'cause', 'stack'];

/** Everything about an event, on several lines. The message of a frame is not in it. */
export function detailEvent(event: ConnectionEvent): string {
  const { at: _at, type: _type, ...rest } = event;
  const options = { isMultiline: true, maxLength: MAX_DETAILS_LENGTH };
  if (event.type !== 'fail' && event.type !== 'violation') return preview(rest, options);
  const facts = Object.fromEntries(
    Object.entries(event.error).filter(([name]) => !SHOWN_APART.includes(name)),
  );
  return `${truncate(event.error.message, MAX_TEXT_LENGTH)}\n${preview(facts, options)}`;
}
