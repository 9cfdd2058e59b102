import type { CloseInfo } from './closeCodes.js';

/**
 * Why a connection ended for good, or why a message was not delivered.
 *
 * - `contract`: one side sent what the other cannot accept (1003 and its kin, a failed schema, a wrong frame kind)
 * - `policy`: the server does not want this client (1008, 3000, 3003, or a rule of yours that says `'fail'`)
 * - `exhausted`: the allowed number of attempts is spent
 * - `setup`: no socket could be made at all (bad URL or subprotocol, `ws:` on an https page, no `WebSocket`)
 */
export type WebSocketErrorKind = 'contract' | 'policy' | 'exhausted' | 'setup';

/** The last frame a connection handed to a socket: what a 1003 is about, most of the time. */
export interface SentFrame {
  /** The kind of frame on the wire. */
  readonly kind: 'text' | 'binary';
  /** The JavaScript type that was sent: `'string'`, `'Uint8Array'`, `'Blob'` … */
  readonly type: string;
  /** Bytes of payload on the wire. */
  readonly size: number;
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
}

/** Everything a {@link WebSocketError} can carry; what is left out is `null`. */
export interface WebSocketErrorDetails {
  readonly kind: WebSocketErrorKind;
  readonly hint: string;
  readonly code?: number | null;
  readonly close?: CloseInfo | null;
  readonly lastSent?: SentFrame | null;
  readonly direction?: 'incoming' | 'outgoing' | null;
  readonly cause?: unknown;
}

/** The one error class of this library. Branch on `kind` and `code`, never on the text. */
export class WebSocketError extends Error {
  override readonly name = 'WebSocketError';
  /** What to branch on. */
  declare readonly kind: WebSocketErrorKind;
  /** The close code that ended the connection, if one did. */
  declare readonly code: number | null;
  /** The close itself, if one did. */
  declare readonly close: CloseInfo | null;
  /** What to do about it, in one sentence. */
  declare readonly hint: string;
  /** The last frame that the connection had sent, if it had sent any. */
  declare readonly lastSent: SentFrame | null;
  /** Which way the message went that broke the contract, if one did. */
  declare readonly direction: 'incoming' | 'outgoing' | null;
  /** What was thrown: by the constructor of the socket, the contract, a schema or the checks of this library. */
  declare readonly cause: unknown;

  constructor(message: string, details: WebSocketErrorDetails) {
    super(message);
    const { close = null } = details;
    Object.assign(
      this,
      { code: close?.code ?? null, close, lastSent: null, direction: null, cause: undefined },
      details,
    );
  }
}

/**
 * A URL without its query, its fragment and its credentials, so that tokens do not reach logs. Where nobody can
 * say where the credentials end, because it is no URL, they end with the last `@`.
 */
export function redactUrl(url: string | URL): string {
  return (
    String(url)
      // As the URL parser does.
      .replace(/^\s+|[\t\n\r]/g, '')
      .replace(/^(\w+:[\\/]*|[\\/]{2,})([^\\/?#]*|(?!\[)[^\\/:?#]*:(?!\d*(?:[\\/?#]|$)).*)@/s, '$1')
      .replace(/[?#].*/s, '')
  );
}

/** Takes credentials and queries out of the URLs in a text. */
export function redact(text: string): string {
  return text
    .replace(/[\\/]{2}[^\s\\/?#'"]*@/g, '//')
    .replace(/[^\s'"]+/g, (word) => (/\/|\?.*=/.test(word) ? redactUrl(word) : word));
}

/** What to do about the end of a connection. */
const REMEDIES: Readonly<Record<Exclude<WebSocketErrorKind, 'setup'>, string>> = {
  contract: 'Correct what is sent',
  policy: 'Check the credentials and rights of this client',
  exhausted: 'See that the server is up',
};

/** Builds the error of a connection that a close has ended for good. */
export function closeError(
  kind: Exclude<WebSocketErrorKind, 'setup'>,
  close: CloseInfo,
  lastSent: SentFrame | null,
  attempts: number,
): WebSocketError {
  const { opened, code, name, reason } = close;
  let message = `${opened ? 'The server closed' : 'The dial failed'} with ${code} ${name}`;
  let hint = `${REMEDIES[kind]}, then call reconnect()`;
  if (reason) message += `: "${redact(reason)}"`;
  if (kind === 'exhausted')
    message = `Gave up after ${attempts} attempt${attempts === 1 ? '' : 's'}. ${message}`;
  if (code === 1003 && lastSent) {
    const { kind: frame, type, size } = lastSent;
    const diagnosis =
      `the last frame sent before the close was ${frame} (${type}, ${size.toLocaleString('en-US')} byte${size === 1 ? '' : 's'}); ` +
      `the server does not accept it: send ${frame === 'text' ? 'binary, or text in the form it expects' : 'text'}`;
    message += `; ${diagnosis}`;
    hint = `${REMEDIES[kind]}: ${diagnosis}`;
  }
  return new WebSocketError(`${message}.`, { kind, close, lastSent, hint: `${hint}.` });
}

/** Builds the error of a socket that could not even be made. */
export function setupError(problem: string, cause: unknown): WebSocketError {
  return new WebSocketError(`No WebSocket could be made: ${redact(problem)}`, {
    kind: 'setup',
    hint: 'Check the URL (wss: on an https page), the subprotocols and the WebSocket option.',
    cause,
  });
}

/** Builds the error of a message that breaks the contract. */
export function violationError(direction: 'incoming' | 'outgoing', cause: unknown): WebSocketError {
  return new WebSocketError(`The ${direction} message breaks the contract: ${asError(cause).message}.`, {
    kind: 'contract',
    direction,
    hint: 'Make both sides agree on the contract.',
    cause,
  });
}

/** Hands an exception of user code to the platform, as that of an event handler would be. */
export function report(error: unknown): void {
  const { reportError = console.error } = globalThis as { reportError?: (error: unknown) => void };
  reportError(error);
}

/** What was thrown, as an `Error`. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
