import { closeCodeName } from '../core/closeInfo.js';

/** Which side puts the code into a Close frame; `'nobody'` for codes that never travel. */
export type CloseCodeSender = 'client' | 'server' | 'both' | 'nobody';

/**
 * The default rule in words. The first word is what happens (`stop`, `fail` or `reconnect`), so that a list can
 * be coloured by it; after `fail:` stands the `kind` of the error. Where a URL or protocols function changes the rule,
 * because it may bring fresh credentials, that rule follows.
 */
export type CloseCodeRule =
  | 'stop'
  | 'fail: contract'
  | 'fail: policy'
  | `fail: policy; with a URL or protocols function: reconnect${string}`
  | `reconnect${string}`;

/** One close code, explained to a developer who sees it for the first time. All fields are plain text in English. */
export interface CloseCodeEntry {
  readonly code: number;
  /** The name in the registry, or that of the code's range: the same as `CloseInfo.name`. */
  readonly name: string;
  /** What the code says, in one sentence. */
  readonly summary: string;
  /** The situations in which it occurs. */
  readonly whenYouSeeIt: string;
  /** What to do about it. */
  readonly howToFix: string;
  /** Which side sends it. A page can send 1000 and 3000–4999 only (WHATWG `WebSocket.close()`). */
  readonly sentBy: CloseCodeSender;
  /** What a connection does by default; `reconnect.codes` and `reconnect.decide` change it. */
  readonly rule: CloseCodeRule;
  /** Where the code is defined. */
  readonly source: string;
}

/** The rule of every code that has none of its own. */
export const USUAL_RULE = 'reconnect, 1–5 s, widening to 15 s';

const RFC = 'RFC 6455 section 7.4.1';
const IANA = 'IANA WebSocket Close Code Number Registry';

const ENTRIES: readonly Omit<CloseCodeEntry, 'name'>[] = [
  {
    code: 1000,
    summary: 'The connection has done its work and ends normally.',
    whenYouSeeIt:
      'One side called close() because its work was done. Some servers also send it to idle clients, when they are stopped, or when a message handler fails. If the close is unclean, or the socket never opened, it is treated as 1006.',
    howToFix:
      'Nothing, if the end was meant. If your server sends a clean 1000 when it restarts or drops idle clients, set reconnect: { codes: { 1000: {} } } to reconnect after it.',
    sentBy: 'both',
    rule: 'stop',
    source: RFC,
  },
  {
    code: 1001,
    summary: 'The other side is leaving, for reasons that are unrelated to your messages.',
    whenYouSeeIt:
      'A server process shuts down, a gateway ends a connection that has reached its maximum age, or (seen from the server) the user closes the tab.',
    howToFix:
      'Usually nothing: the connection reconnects automatically. If it happens at regular intervals, look for a lifetime limit in the gateway.',
    sentBy: 'both',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 1002,
    summary: 'A frame broke the rules of the WebSocket protocol itself.',
    whenYouSeeIt:
      'A proxy between client and server damages the stream, or one of the two WebSocket implementations has a bug. Tomcat also sends it when a message handler throws.',
    howToFix:
      'Connect without the proxy and compare. If the error stays, read the log of the server and update the WebSocket libraries on both sides.',
    sentBy: 'both',
    rule: 'reconnect once, 1–5 s, then fail: contract',
    source: RFC,
  },
  {
    code: 1003,
    summary: 'The endpoint received a type of data that it cannot accept.',
    whenYouSeeIt:
      'The client sent a binary frame to a handler that accepts only text, or text to one that accepts only binary. Some frameworks also answer malformed JSON with it. The same message is rejected again after every reconnect.',
    howToFix:
      'Read error.lastSent: it describes the last frame that was sent, with its JavaScript type and size. Send the other type, or declare a contract, json(), text() or binary(), so that send() throws before a wrong frame is sent. Then call reconnect().',
    sentBy: 'both',
    rule: 'fail: contract',
    source: RFC,
  },
  {
    code: 1004,
    summary: 'Reserved, without a meaning.',
    whenYouSeeIt: 'Almost never: no standard allows a peer to send it, so one that does has a bug.',
    howToFix: 'Find out which code the server intends to send, and fix it there.',
    sentBy: 'nobody',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 1005,
    summary: 'The close frame contained no code.',
    whenYouSeeIt:
      'The server calls its close function without arguments. Your side fills in the number; it is never sent.',
    howToFix: 'Pass a code on the server: 1000 when the work is done, 1012 before a restart.',
    sentBy: 'nobody',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 1006,
    summary: 'The connection was lost without a close frame, or could not be opened.',
    whenYouSeeIt:
      'The network fails, a server process is killed, a proxy cuts an idle connection, or the attempt to connect fails: a wrong address, an HTTP error in place of the upgrade, a TLS error. Browsers do not tell which. Many servers also end this way when they restart or a message handler throws. Your side fills in the number; it is never sent.',
    howToFix:
      'Look at CloseInfo.opened. If the socket never opened, check the address, the certificate and the server log. If it was open for about the same time each time, look for an idle timeout in a proxy and use a heartbeat. If it closes right after one particular message, read the server log for that message.',
    sentBy: 'nobody',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 1007,
    summary: 'The content of a message does not match its type.',
    whenYouSeeIt:
      'A text frame contains bytes that are not valid UTF-8, or a compressed frame cannot be decompressed. Some servers also send it for text that they cannot parse.',
    howToFix:
      'Send bytes as a binary frame, never as a string built from them. If the text is valid, check which format the server expects.',
    sentBy: 'both',
    rule: 'fail: contract',
    source: RFC,
  },
  {
    code: 1008,
    summary: 'The message or the client violates a rule of the server.',
    whenYouSeeIt:
      'A token is missing or has expired, the origin is not allowed, a rate limit is exceeded, or a message fails validation on the server.',
    howToFix:
      "Read the reason and the server's log. Fix the credentials or the message, then call reconnect(). If a fresh token is enough, pass the URL as a function and set reconnect: { codes: { 1008: { maxAttempts: 1 } } }.",
    sentBy: 'both',
    rule: 'fail: policy',
    source: RFC,
  },
  {
    code: 1009,
    summary: 'A message is larger than the receiver accepts.',
    whenYouSeeIt:
      'An upload or a batch exceeds the message limit of the server or of a proxy. It can arrive as 1006 if the server stops reading while the message is still being sent: the connection then reconnects.',
    howToFix:
      'Compare error.lastSent.size with the limit. Send smaller messages or raise the limit; the same message would end the next connection too. After a 1006, lastClose.suspect names the frame if several connections in a row ended right after one of its kind.',
    sentBy: 'both',
    rule: 'fail: contract',
    source: RFC,
  },
  {
    code: 1010,
    summary: 'The client requires an extension that the server did not accept.',
    whenYouSeeIt:
      'Clients outside the browser that require an extension, such as compression. A page cannot require one, so it should never see this code.',
    howToFix: 'Enable the extension on the server, or stop requiring it in the client.',
    sentBy: 'client',
    rule: 'fail: contract',
    source: RFC,
  },
  {
    code: 1011,
    summary: 'The server met an unexpected error.',
    whenYouSeeIt:
      'A message handler throws an exception that is not caught, or a service that the server depends on is down.',
    howToFix:
      'Read the server log for that time. If the close always follows the same message, that message causes it.',
    sentBy: 'server',
    rule: 'reconnect, 1–5 s, widening to 15 s, at most 10 attempts',
    source: RFC,
  },
  {
    code: 1012,
    summary: 'The server is restarting and expects clients to reconnect.',
    whenYouSeeIt:
      'A deployment or a reload of the configuration. Servers send it to all of their clients at once. WebKit reports it as an unclean 1006.',
    howToFix:
      'Nothing: the connection reconnects automatically, after a random delay so that clients do not return all at once. If new connections open and end again, as in a crash loop, the delays grow as after any other code. For many clients on one server use the 5–30 s of the registration: { minDelay: 5_000, maxDelay: 30_000 }.',
    sentBy: 'server',
    rule: 'reconnect, 1–5 s, not widening while dials are refused',
    source: IANA,
  },
  {
    code: 1013,
    summary: 'The server is overloaded and asks clients to wait.',
    whenYouSeeIt:
      'Overload, a full connection table, or a limit on the clients of one address. WebKit reports it as an unclean 1006, which has the shorter delays of that code.',
    howToFix:
      'Keep the long delays. If it continues, add capacity to the server, or use fewer connections for each user: see the option share.',
    sentBy: 'server',
    rule: 'reconnect, 5–30 s, never widening',
    source: IANA,
  },
  {
    code: 1014,
    summary: 'A gateway received no valid answer from the server behind it.',
    whenYouSeeIt:
      'The proxy is running while the application behind it is starting, stopped or unreachable. WebKit reports it as an unclean 1006.',
    howToFix: 'Check the gateway: the address of its upstream, its health checks and its timeouts.',
    sentBy: 'server',
    rule: USUAL_RULE,
    source: IANA,
  },
  {
    code: 1015,
    summary: 'The TLS handshake failed.',
    whenYouSeeIt:
      'An invalid certificate, or no common TLS version. Firefox reports TLS failures as 1015; Chromium and WebKit report 1006. Your side fills in the number; it is never sent.',
    howToFix:
      'Open the address with https: in a tab and read what the browser says about the certificate. Check its name, chain and dates.',
    sentBy: 'nobody',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 3000,
    summary: 'The client is not authenticated, like HTTP 401.',
    whenYouSeeIt: 'Credentials are missing or no longer valid.',
    howToFix:
      'Sign in again, then call reconnect(). Pass the URL or the protocols as a function, so that every attempt uses a fresh token: the connection then reconnects once before it fails.',
    sentBy: 'server',
    rule: 'fail: policy; with a URL or protocols function: reconnect once, 1–5 s, then fail: policy',
    source: IANA,
  },
  {
    code: 3003,
    summary: 'The client is authenticated but not allowed, like HTTP 403.',
    whenYouSeeIt: 'The user has no permission for this channel or document.',
    howToFix:
      'Grant the permission on the server, then call reconnect(). Or do not offer the feature to this user.',
    sentBy: 'server',
    rule: 'fail: policy',
    source: IANA,
  },
  {
    code: 3008,
    summary: 'Something expected did not arrive in time, like HTTP 408.',
    whenYouSeeIt: 'The client sent nothing for too long, or did not authenticate soon enough.',
    howToFix: 'Use a heartbeat that is shorter than the limit, and send what the server waits for in onOpen.',
    sentBy: 'server',
    rule: USUAL_RULE,
    source: IANA,
  },
];

/** Every registered close code, in ascending order: a table for a help page, or the choices of a form. */
export const closeCodes: readonly CloseCodeEntry[] = Object.freeze(
  ENTRIES.map((entry) => Object.freeze({ ...entry, name: closeCodeName(entry.code) })),
);
