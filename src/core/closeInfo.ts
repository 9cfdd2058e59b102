import { type SentFrame, utf8Length } from './messages/frames.js';
import { printable } from './platform/printable.js';
import { assertInRange, assertType } from './platform/validation.js';

/**
 * One finished socket, as the connection saw it end.
 *
 * It is plain data: it can be logged, compared and kept in React state.
 */
export interface CloseInfo {
  /** The close code; 1006 where the platform gave none (RFC 6455 section 7.1.5). */
  readonly code: number;
  /** The registered name of the code, such as `'Service Restart'`. */
  readonly name: string;
  /** What the server wrote beside the code: at most 123 bytes of untrusted text. */
  readonly reason: string;
  /** Whether both sides finished the closing handshake. */
  readonly wasClean: boolean;
  /** Whether this socket had reached open; `false` for a dial that was refused. */
  readonly opened: boolean;
  /** Whether this side ended it, by `close()`, `reconnect()` or a violation. */
  readonly local: boolean;
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
  /**
   * The frame that seems to end the connection every time, else `null`. It is set where three connections in a row
   * ended within a second after a frame of the same kind and type was sent, with no message received since and
   * without a code that names a contract: some servers close with 1006 or 1011 where a 1003 was due.
   */
  readonly suspect: SentFrame | null;
  /** What the URL or protocols function threw, if that ended the dial, else `null`. */
  readonly error: unknown;
}

/** Names as in the IANA "WebSocket Close Code Number Registry", spelled out where it abbreviates; from 1000 on. */
const NAMES = [
  'Normal Closure',
  'Going Away',
  'Protocol Error',
  'Unsupported Data',
  'Reserved',
  'No Status Received',
  'Abnormal Closure',
  'Invalid Frame Payload Data',
  'Policy Violation',
  'Message Too Big',
  'Mandatory Extension',
  'Internal Error',
  'Service Restart',
  'Try Again Later',
  'Bad Gateway',
  'TLS Handshake',
];
const OTHER_NAMES: Readonly<Record<number, string>> = {
  3000: 'Unauthorized',
  3003: 'Forbidden',
  3008: 'Timeout',
};

/** The ranges of RFC 6455 section 7.4.2, by their thousands. */
const RANGES: Readonly<Record<number, string>> = { 3: 'Library or Framework', 4: 'Private Use' };

/** The name of any number: the registered one, or that of its range. */
export function closeCodeName(code: number): string {
  return NAMES[code - 1000] ?? OTHER_NAMES[code] ?? RANGES[Math.floor(code / 1000)] ?? 'Unassigned';
}

/** What is known about a close. A platform may leave things out, or give `null`. */
type KnownClose = { readonly [Key in keyof CloseInfo]?: CloseInfo[Key] | null | undefined };

/** Builds a {@link CloseInfo}. What is not known is taken from a connection that was lost: 1006, not clean. */
export function createCloseInfo(known: KnownClose): CloseInfo {
  // A socket that does not keep to the standard may give anything.
  const code = Number.isInteger(known.code) ? Number(known.code) : 1006;
  return Object.freeze({
    code,
    name: closeCodeName(code),
    reason: typeof known.reason === 'string' ? known.reason : '',
    wasClean: !!known.wasClean,
    opened: !!known.opened,
    local: !!known.local,
    at: known.at ?? Date.now(),
    suspect: known.suspect ?? null,
    error: known.error ?? null,
  });
}

/** Throws where the WHATWG `close()` would: for a reserved code, and for a reason of more than 123 bytes. */
export function assertCloseArguments(code: unknown, reason: unknown): void {
  if (code !== 1000)
    assertInRange('close code, unless 1000,', Number.isInteger(code) ? code : printable(code), 3000, 4999);
  assertType('close reason', reason, 'a string', typeof reason === 'string');
  assertInRange('bytes of the close reason', utf8Length(reason as string), 0, 123);
}
