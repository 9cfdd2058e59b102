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
  /** What was thrown: by the constructor of the socket, the contract or a schema. */
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

/** A URL without its query, its fragment and its credentials, so that tokens do not reach logs. */
export function redactUrl(url: string | URL): string {
  const address = String(url).replace(/[?#].*$/s, '');
  if (!address.includes('@')) return address;
  try {
    return Object.assign(new URL(address), { username: '', password: '' }).href;
  } catch {
    // Nobody can say where the credentials of a URL end that is none.
    return address.replace(/^(\w+:[\\/]*|[\\/]{2}).*@/s, '$1');
  }
}

/** Takes credentials and queries out of the URLs in a text. */
export function redact(text: string): string {
  return text.replace(/\/\/[^\s/]*@/g, '//').replace(/(\/[^\s?#'"]*)[?#][^\s'"]*|\?[^\s'"]*=[^\s'"]*/g, '$1');
}

/** Builds the error of a connection that a close has ended for good. */
export function closeError(
  kind: WebSocketErrorKind,
  close: CloseInfo,
  lastSent: SentFrame | null,
  attempts: number,
): WebSocketError {
  let message = `${close.opened ? 'The server closed' : 'The dial failed'} with ${close.code} ${close.name}`;
  if (close.reason) message += `: "${redact(close.reason)}"`;
  let hint = 'Correct what is sent, then call reconnect().';
  if (kind === 'exhausted') {
    message = `Gave up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}. ${message}`;
    hint = 'See that the server is up, then call reconnect().';
  } else if (kind === 'policy') {
    hint = 'The server refuses this client: check its credentials and rights, then call reconnect().';
  } else if (close.code === 1003 && lastSent) {
    const { kind: frame, type, size } = lastSent;
    const diagnosis =
      `he last frame sent before the close was ${frame} (${type}, ${size.toLocaleString('en-US')} bytes); ` +
      `the server does not accept it: send ${frame === 'text' ? 'binary, or text in the form it expects' : 'text'}`;
    message += `; t${diagnosis}`;
    hint = `T${diagnosis}.`;
  }
  return new WebSocketError(`${message}.`, { kind, close, lastSent, hint });
}

/** Builds the error of a socket that could not even be made. */
export function setupError(problem: string, cause?: unknown): WebSocketError {
  return new WebSocketError(`No WebSocket could be made: ${redact(problem)}`, {
    kind: 'setup',
    hint: 'Check the URL (wss: on an https page), the subprotocols and the WebSocket option.',
    cause,
  });
}

/** Builds the error of a message that breaks the contract. */
export function violationError(
  direction: 'incoming' | 'outgoing',
  problem: string,
  cause?: unknown,
): WebSocketError {
  return new WebSocketError(`The ${direction} message breaks the contract: ${problem}.`, {
    kind: 'contract',
    direction,
    hint: `It was not ${direction === 'incoming' ? 'delivered' : 'sent'}: make both sides agree on the contract.`,
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
