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
  readonly kind: WebSocketErrorKind;
  /** The close code that ended the connection, if one did. */
  readonly code: number | null;
  readonly close: CloseInfo | null;
  /** What to do about it, in one sentence. */
  readonly hint: string;
  readonly lastSent: SentFrame | null;
  /** Which way the message went that broke the contract, if one did. */
  readonly direction: 'incoming' | 'outgoing' | null;
  override readonly cause: unknown;

  constructor(message: string, details: WebSocketErrorDetails) {
    super(message);
    this.kind = details.kind;
    this.close = details.close ?? null;
    this.code = details.code ?? this.close?.code ?? null;
    this.hint = details.hint;
    this.lastSent = details.lastSent ?? null;
    this.direction = details.direction ?? null;
    this.cause = details.cause;
  }
}

/** Takes credentials and queries out of every URL in a text, so that tokens do not reach logs. */
export function redact(text: string): string {
  return text
    .replace(/\/\/[^\s/@]*@/g, '//')
    .replace(/(\/[^\s?#'"]*)[?#][^\s'"]*/g, '$1')
    .replace(/\?[^\s'"]*=[^\s'"]*/g, '');
}

const HINTS: Readonly<Record<number, string>> = {
  1002: 'A proxy or the server breaks the WebSocket protocol: compare the frames on both sides of it.',
  1007: 'Send valid UTF-8 in text frames, in the form the server expects.',
  1008: 'The server forbids this client: check credentials, origin and rate before reconnect().',
  1009: 'Send smaller messages, or raise the limit of the server.',
  1010: 'The server must offer the extension that this client requires.',
  3000: 'Sign in again, then call reconnect().',
  3003: 'This user may not connect here: ask for access, then call reconnect().',
};

/** Builds the error of a connection that a close has ended for good. */
export function closeError(
  kind: WebSocketErrorKind,
  close: CloseInfo,
  lastSent: SentFrame | null,
  attempts: number,
): WebSocketError {
  const reason = close.reason && `: "${redact(close.reason)}"`;
  const said = `${close.code} ${close.name}${reason}`;
  if (kind === 'exhausted') {
    return new WebSocketError(
      `Gave up after ${attempts} attempts to reconnect. The last close was ${said}.`,
      {
        kind,
        close,
        lastSent,
        hint: 'Check that the server is up, then call reconnect(), or raise reconnect.maxAttempts.',
      },
    );
  }
  let message = `The server closed the connection for good with ${said}`;
  let hint =
    HINTS[close.code] ?? 'Mend the cause, then call reconnect(), or change the rule in reconnect.codes.';
  if (close.code === 1003) {
    hint = 'The server does not accept this type of data: check what it expects, text or binary.';
    if (lastSent) {
      const { kind: frame, type, size } = lastSent;
      const diagnosis =
        `the last frame sent before the close was ${frame} (${type}, ${size.toLocaleString('en-US')} bytes); ` +
        `the server does not accept it: send ${frame === 'binary' ? 'text' : 'binary, or text in the form it expects'}`;
      message += `; ${diagnosis}`;
      hint = `T${diagnosis.slice(1)}.`;
    }
  }
  return new WebSocketError(`${message}.`, { kind, close, lastSent, hint });
}

/** Builds the error of a socket that could not even be constructed. */
export function setupError(problem: string, hint: string, cause?: unknown): WebSocketError {
  return new WebSocketError(`No WebSocket could be made: ${redact(problem)}`, { kind: 'setup', hint, cause });
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
    cause,
    hint:
      direction === 'outgoing'
        ? 'Nothing was sent: send a message that the contract allows.'
        : 'The message was not delivered: make the server and the contract agree.',
  });
}

/** Hands an exception of user code to the platform, as an event handler's would be. */
export function report(error: unknown): void {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError) reportError(error);
  else console.error(error);
}

/** What was thrown, as an `Error`. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
