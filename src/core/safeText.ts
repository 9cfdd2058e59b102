import { escapeControls } from './platform/printable.js';

/** Longer texts of others are cut before anything looks at them, in UTF-16 code units. */
const MAX_TEXT_LENGTH = 1_000;

/** The characters of a subprotocol that are shown; a longer one may be a token. */
const MAX_PROTOCOL_LENGTH = 24;
const SHOWN_OF_TOKEN = 8;

/** What stands in front of the credentials of a URL, as the URL parser reads it: a scheme, slashes, or both. */
const BEFORE_CREDENTIALS = /^(?:[a-z][a-z\d+.-]*:[\\/]*|[\\/]{2,})/i;

/**
 * A URL without its query, its fragment and its credentials, so that it can be shown and logged. Where it is no valid
 * URL, and so nobody can say where the credentials end, they are taken to end at the last `@`.
 */
export function redactUrl(url: unknown): string {
  // The URL parser skips leading control characters and spaces, and tabs and line breaks anywhere.
  // eslint-disable-next-line no-control-regex -- as the URL parser does
  const text = String(url).replace(/^[\u0000-\u0020]+|[\t\n\r]/g, '');
  const prefix = BEFORE_CREDENTIALS.exec(text)?.[0] ?? '';
  const rest = text.slice(prefix.length);
  return escapeControls(prefix + cutQuery(prefix ? dropCredentials(rest) : rest));
}

/** What follows the credentials; `rest` begins where they would. */
function dropCredentials(rest: string): string {
  const at = rest.lastIndexOf('@');
  if (at < 0) return rest;
  const host = /^[^\\/?#]*/.exec(rest)?.[0] ?? '';
  const inHost = host.lastIndexOf('@');
  if (inHost >= 0) return rest.slice(inHost + 1);
  // `user:pa/ss@host`: not a valid port after the colon, so this is a password and not a path with an `@` in it.
  const isHostAndPort = /^(?:\[[^\]]*\]|[^:]*)(?::\d*)?$/.test(host);
  return isHostAndPort ? rest : rest.slice(at + 1);
}

/** Cuts at the query or the fragment. */
function cutQuery(text: string): string {
  const start = text.search(/[?#]/);
  return start < 0 ? text : text.slice(0, start);
}

/**
 * A text of somebody else (a close reason, the message of an exception) in a form that is safe to show and log: URLs
 * lose their query and their credentials, and of every other word that may hold a secret only the beginning is left.
 * It takes time proportional to the length of the text.
 */
export function redactText(text: string): string {
  const kept = text.length > MAX_TEXT_LENGTH ? text.slice(0, MAX_TEXT_LENGTH) : text;
  const words = kept.split(/([\s'"<>,;()]+)/);
  // The last word may have lost the part that would show that it is a URL.
  if (kept !== text) words[words.length - 1] = '';
  const shown = escapeControls(words.map(redactWord).join(''));
  return kept === text ? shown : `${shown}… (${text.length - MAX_TEXT_LENGTH} more characters)`;
}

function redactWord(word: string): string {
  // `url=wss://…`: what stands before the URL is kept.
  const scheme = /[a-z][a-z\d+.-]*:[\\/]+|[\\/]{2,}/i.exec(word);
  if (scheme) {
    const before = word.slice(0, scheme.index);
    // A secret may stand before the URL as well.
    if (cutSecret(before) !== before) return cutSecret(before);
    const url = redactUrl(word.slice(scheme.index));
    // What looks like a port and is no number may be the beginning of a password that a space or a quote ended.
    return before + (/^[^:\\/]*:?[\\/]*[^:\\/[]*:(?!\d*(?:[\\/]|$))/.test(url) ? `${scheme[0]}…` : url);
  }
  return cutSecret(word);
}

/** Words whose value may be a secret: `token=…`, `?key=…`, `user:password@host`, and long runs such as a JWT. */
function cutSecret(word: string): string {
  const credentials = /:[^@]*@/.test(word) ? word.slice(word.lastIndexOf('@') + 1) : word;
  const start = credentials.search(/[?#]./);
  const cut = start < 0 ? credentials : credentials.slice(0, start);
  const pair = /^([^=]*=)[^=]/.exec(cut);
  if (pair) return `${pair[1] ?? ''}…`;
  return isToken(cut) ? `${cut.slice(0, SHOWN_OF_TOKEN)}…` : cut;
}

/** A long word with a digit in it is no word of a language. */
function isToken(word: string): boolean {
  return word.length > MAX_PROTOCOL_LENGTH && /\d/.test(word) && !/[\\/]/.test(word);
}

/** A subprotocol as it is shown: a long one may be a token, so only its beginning is. */
export function redactProtocol(protocol: unknown): string {
  const text = String(protocol);
  return escapeControls(text.length > MAX_PROTOCOL_LENGTH ? `${text.slice(0, SHOWN_OF_TOKEN)}…` : text);
}
