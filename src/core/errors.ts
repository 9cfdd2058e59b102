import type { CloseInfo } from './closeInfo.js';
import type { SentFrame } from './messages/frames.js';
import type { Traffic } from './messages/traffic.js';
import { printable } from './platform/printable.js';
import { redactProtocol, redactText, redactUrl } from './safeText.js';

/**
 * Why a connection ended for good, or why a message was not delivered.
 *
 * - `contract`: one side sent what the other does not accept (1003, 1007, 1009, 1010, a repeated 1002, a failed
 *   schema, a wrong kind of frame)
 * - `policy`: the server does not want this client (1008, 3000, 3003, or a rule of yours that says `'fail'`)
 * - `exhausted`: the allowed number of attempts is used up
 * - `setup`: no socket could be made at all (bad URL or subprotocol, `ws:` on an https page, a Content Security
 *   Policy, no `WebSocket`)
 */
export type WebSocketErrorKind = 'contract' | 'policy' | 'exhausted' | 'setup';

/** The fields of a {@link WebSocketError}. What is left out is `null`, or `false` for `isOutdated`. */
export interface WebSocketErrorDetails {
  readonly kind: WebSocketErrorKind;
  readonly hint: string;
  readonly code?: number | null;
  readonly close?: CloseInfo | null;
  readonly lastSent?: SentFrame | null;
  readonly direction?: 'incoming' | 'outgoing' | null;
  readonly isOutdated?: boolean;
  readonly cause?: unknown;
}

/** The one error class of this library. Branch on `kind` and `code`, never on the text. */
export class WebSocketError extends Error {
  override readonly name = 'WebSocketError';
  /** Why it ended; branch on this. */
  declare readonly kind: WebSocketErrorKind;
  /** The close code that ended the connection, or `null`. */
  declare readonly code: number | null;
  /** The close that ended the connection, or `null`. */
  declare readonly close: CloseInfo | null;
  /** What to do about it, for developers. */
  declare readonly hint: string;
  /** The last frame that the connection had sent, or `null`. */
  declare readonly lastSent: SentFrame | null;
  /** The direction of the message that broke the contract, or `null`. */
  declare readonly direction: 'incoming' | 'outgoing' | null;
  /**
   * Whether the page may be older than the server: the contract failed before the first message after a reopen, while
   * the same connection had received messages before. A reload may help; the library never reloads by itself.
   */
  declare readonly isOutdated: boolean;
  /** What was thrown by the constructor of the socket, the contract or a schema; without secrets. */
  declare readonly cause: unknown;

  constructor(message: string, details: WebSocketErrorDetails) {
    super(message);
    const { close = null } = details;
    Object.assign(
      this,
      {
        code: close?.code ?? null,
        close,
        lastSent: null,
        direction: null,
        isOutdated: false,
        cause: undefined,
      },
      details,
    );
  }
}

/** What a connection knows when a close has ended it for good. */
export interface FailureContext {
  /** Dials of the outage. */
  readonly attempts: number;
  /** The URL that was dialled last, redacted. */
  readonly url: string;
  readonly traffic: Pick<Traffic, 'wasEverOpen' | 'lastSent' | 'lastSentOfOtherKind' | 'isOutdated'>;
}

/** What to do about the end of a connection. */
const REMEDIES: Readonly<Record<Exclude<WebSocketErrorKind, 'setup'>, string>> = {
  contract: 'Fix the data you send',
  policy: 'Check the credentials and permissions of this client',
  exhausted: 'Check that the server is running and reachable',
};

/** What to add where the page may be older than the server. */
const OUTDATED =
  ' The connection worked before the server restarted, so this page may be older than the server: a reload may help.';

/** Builds the error of a connection that a close ended for good. */
export function closeError(
  kind: Exclude<WebSocketErrorKind, 'setup'>,
  close: CloseInfo,
  context: FailureContext,
): WebSocketError {
  const { opened, code, name, reason } = close;
  const { attempts, url, traffic } = context;
  const { wasEverOpen, lastSent, lastSentOfOtherKind } = traffic;
  const isOutdated = kind === 'contract' && traffic.isOutdated;
  let message = `${opened ? 'The server closed' : 'The dial failed'} with ${code} ${name}`;
  let hint = `${REMEDIES[kind]}, then call reconnect().`;
  if (reason) message += `: "${redactText(reason)}"`;
  if (kind === 'exhausted') {
    message = `Gave up after ${attempts} attempt${attempts === 1 ? '' : 's'}. ${message}`;
    if (!wasEverOpen)
      hint =
        `This connection has never been open. Check the address (${url}), the subprotocol, a proxy in between, and ` +
        `connect-src of the page's Content Security Policy, then call reconnect().`;
  }
  if (code === 1003 && lastSent) {
    const diagnosis = describeRejectedFrame(lastSent, lastSentOfOtherKind);
    message += `; ${diagnosis}`;
    hint = `The server rejected your data (1003): ${diagnosis}.`;
  }
  if (isOutdated) hint += OUTDATED;
  return new WebSocketError(`${message}.`, { kind, close, lastSent, hint, isOutdated });
}

/** Says which frame a 1003 is about, and what to send instead where that is certain. */
export function describeRejectedFrame(lastSent: SentFrame, other: SentFrame | null): string {
  if (other)
    return (
      `the last frames sent before the close were ${describeFrame(lastSent)} and ${describeFrame(other)}; ` +
      'the server does not accept one of them'
    );
  const advice = lastSent.kind === 'text' ? 'binary, or text in the form it expects' : 'text';
  return (
    `the last frame sent before the close was ${describeFrame(lastSent)}; ` +
    `the server does not accept it: send ${advice}`
  );
}

function describeFrame({ kind, type, size }: SentFrame): string {
  return `${kind} (${type}, ${size.toLocaleString('en-US')} byte${size === 1 ? '' : 's'})`;
}

/** Builds the error of a socket that could not be made, from what the constructor or this library threw. */
export function setupError(url: string | URL, protocols: unknown, thrown: unknown): WebSocketError {
  const shownUrl = redactUrl(url);
  const offered = Array.isArray(protocols) ? (protocols as unknown[]) : protocols ? [protocols] : [];
  // Browsers repeat what they were given; it is cut before the general rule looks at the rest of the sentence.
  let problem = sentenceOf(thrown)
    .split(String(url) || '\0')
    .join(shownUrl);
  for (const protocol of offered) problem = problem.split(String(protocol)).join(redactProtocol(protocol));
  problem = redactText(problem);
  const address = `${shownUrl || 'an empty URL'}${offered.length > 0 ? ` (${offered.map(redactProtocol).join(', ')})` : ''}`;
  return new WebSocketError(`Cannot make a WebSocket to ${address}: ${problem}`, {
    kind: 'setup',
    hint:
      'Check the URL (wss: on an https page), the subprotocols, the WebSocket option, and ' +
      "connect-src of the page's Content Security Policy.",
    cause: withoutSecrets(thrown, problem),
  });
}

/** Builds the error of an address that the Content Security Policy of the page blocks. */
export function blockedByPolicyError(url: string, directive: string): WebSocketError {
  return new WebSocketError(`The Content Security Policy of this page blocks ${url}.`, {
    kind: 'setup',
    hint: `Add the address to ${directive} of the page's Content Security Policy.`,
  });
}

/** Builds the error of a `ws:` address on an https page, which browsers do not dial. */
export function mixedContentError(url: string): WebSocketError {
  return new WebSocketError(`An https page cannot connect to ${url}.`, {
    kind: 'setup',
    hint: 'Use wss: on an https page.',
  });
}

/** What a browser's exception says; Firefox surrounds it with numbers and the location of a script. */
function sentenceOf(thrown: unknown): string {
  const { message } = asError(thrown);
  return /^\[Exception\.\.\. "([^"]*)"/.exec(message)?.[1] ?? message;
}

/** The exception, or a clean one if its text, its cause or a property of its own (in Node: `input`) may show a secret. */
function withoutSecrets(thrown: unknown, cleanMessage: string): unknown {
  const error = asError(thrown);
  const { name, message } = error;
  const isBare = Object.keys(error).length === 0 && !('cause' in error);
  if (isBare && message === cleanMessage) return error;
  return Object.assign(new Error(cleanMessage), { name });
}

/** Builds the error of a message that breaks the contract. */
export function violationError(
  direction: 'incoming' | 'outgoing',
  cause: unknown,
  hint = 'Make both sides use the same contract.',
): WebSocketError {
  const problem = printable(asError(cause).message);
  return new WebSocketError(`The ${direction} message breaks the contract: ${problem}.`, {
    kind: 'contract',
    direction,
    hint,
    cause,
  });
}

/** What to add to the hint of an incoming violation where the page may be older than the server. */
export function asOutdated(error: WebSocketError): WebSocketError {
  return Object.assign(error, { isOutdated: true, hint: error.hint + OUTDATED });
}

/** What was thrown, as an `Error` whose message can be read. */
export function asError(thrown: unknown): Error {
  try {
    if (thrown instanceof Error && typeof thrown.message === 'string') return thrown;
  } catch {
    // A proxy, or a getter that throws.
  }
  return new Error(printable(thrown));
}
