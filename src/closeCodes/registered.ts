import { closeCodeName } from '../core/closeCodes.js';

/** Which side puts the code into a Close frame; `'nobody'` for codes that never travel. */
export type CloseCodeSender = 'client' | 'server' | 'both' | 'nobody';

/**
 * The default rule in words. The first word is what happens (`stop`, `fail` or `reconnect`), so that a list can
 * be coloured by it; after `fail:` stands the `kind` of the error.
 */
export type CloseCodeRule = 'stop' | 'fail: contract' | 'fail: policy' | `reconnect${string}`;

/** One close code, explained to the person who has just met it. All fields are plain text in English. */
export interface CloseCodeEntry {
  readonly code: number;
  /** The name in the registry, or that of the code's range: the same as `CloseInfo.name`. */
  readonly name: string;
  /** What the code says, in one sentence. */
  readonly summary: string;
  /** The situations in which it turns up. */
  readonly whenYouSeeIt: string;
  /** What to do about it. */
  readonly howToFix: string;
  /** Who sends it; pages are held to 1000 and 3000–4999 by `WebSocket.close()`. */
  readonly sentBy: CloseCodeSender;
  /** What a connection does by default; `reconnect.codes` and `reconnect.decide` change it. */
  readonly rule: CloseCodeRule;
  /** Where the code is defined. */
  readonly source: string;
}

/** The rule of every code that has none of its own. */
export const USUAL_RULE = 'reconnect, 1–5 s, widening to 30 s';

const RFC = 'RFC 6455 section 7.4.1';
const IANA = 'IANA WebSocket Close Code Number Registry';

const ENTRIES: readonly Omit<CloseCodeEntry, 'name'>[] = [
  {
    code: 1000,
    summary: 'The conversation is over, and both sides are content.',
    whenYouSeeIt:
      'One side called close() because its work was done. Some servers and proxies also use it to get rid of idle clients.',
    howToFix:
      'Nothing is broken. If your server ends idle connections this way and you want them back, set reconnect.codes[1000] to a rule such as {}, or keep them busy with a heartbeat.',
    sentBy: 'both',
    rule: 'stop',
    source: RFC,
  },
  {
    code: 1001,
    summary: 'The other side is leaving, for reasons that have nothing to do with your messages.',
    whenYouSeeIt:
      'A server process shuts down, a gateway ends a connection that has reached its maximum age, or (seen from the server) somebody closes the tab.',
    howToFix:
      'Usually nothing: the connection comes back by itself. If it happens at regular intervals, look for a lifetime limit in the gateway.',
    sentBy: 'both',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 1002,
    summary: 'A frame broke the rules of the WebSocket protocol itself.',
    whenYouSeeIt:
      'A proxy on the way mangles the stream, an implementation is faulty, or something that is not a WebSocket endpoint answers.',
    howToFix:
      'Connect without the proxy and compare. If the fault stays, update the WebSocket library of the side that complains, and of the other one.',
    sentBy: 'both',
    rule: 'reconnect once, 1–5 s, then fail: contract',
    source: RFC,
  },
  {
    code: 1003,
    summary: 'The kind of data that arrived is not one that this endpoint works with.',
    whenYouSeeIt:
      'Binary frames reach a handler written for text, or text one written for binary; some frameworks also answer malformed JSON with it. It is an answer to what you sent, so the same message gets the same answer after any number of reconnects.',
    howToFix:
      'Look at error.lastSent: it names the frame that went out last, with its JavaScript type and size. Send the other kind, or declare a contract, json(), text() or binary(), so that send() refuses the wrong one before it leaves. Then call reconnect().',
    sentBy: 'both',
    rule: 'fail: contract',
    source: RFC,
  },
  {
    code: 1004,
    summary: 'Set aside without a meaning.',
    whenYouSeeIt: 'Hardly ever: no standard lets anyone send it, so a peer that does has a fault.',
    howToFix: 'Find out which code the server means to send, and correct it there.',
    sentBy: 'nobody',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 1005,
    summary: 'The closing handshake was done properly, but no code was given in it.',
    whenYouSeeIt:
      'The server calls its close function without arguments. The number is filled in on your side and never travels.',
    howToFix: 'Let the server say why it closes: 1000 when the work is done, 1012 before a restart.',
    sentBy: 'nobody',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 1006,
    summary: 'The connection is gone, and nobody said goodbye.',
    whenYouSeeIt:
      'The network drops, a process is killed, a proxy cuts an idle connection, or a dial is refused: a wrong address, an HTTP error instead of an upgrade, a TLS failure. Browsers do not say which of them it was. The number is filled in on your side and never travels.',
    howToFix:
      'See CloseInfo.opened. If the socket never opened, check address, certificate and server log. If it had been open for about as long each time, look for an idle timeout on the way and use a heartbeat.',
    sentBy: 'nobody',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 1007,
    summary: 'The content of a message does not fit its type.',
    whenYouSeeIt:
      'A text frame holds bytes that are not UTF-8, or a compressed one does not unpack. Some servers also mean text that they cannot parse.',
    howToFix:
      'Send bytes as a binary frame, never as a string put together from them. If the text is valid, ask the server what it expects in it.',
    sentBy: 'both',
    rule: 'fail: contract',
    source: RFC,
  },
  {
    code: 1008,
    summary: 'A rule of the server was violated, and it may not say which.',
    whenYouSeeIt:
      'A token is missing or has expired, an origin is not on the list, a rate limit is hit, or a message fails the validation of the server.',
    howToFix:
      "Read the reason and the server's log. Mend the credentials or the message, then call reconnect(). If a fresh token is all it takes, give the URL as a function and set reconnect.codes[1008] to { maxAttempts: 1 }.",
    sentBy: 'both',
    rule: 'fail: policy',
    source: RFC,
  },
  {
    code: 1009,
    summary: 'A message is larger than the receiver is willing to take.',
    whenYouSeeIt: 'An upload or a batch exceeds the frame or message limit of the server or of a proxy.',
    howToFix:
      'Compare error.lastSent.size with the limit. Send smaller pieces, or raise the limit; the same message would end the next connection too.',
    sentBy: 'both',
    rule: 'fail: contract',
    source: RFC,
  },
  {
    code: 1010,
    summary: 'The client needs an extension that the server did not agree to.',
    whenYouSeeIt:
      'Clients outside the browser that insist on an extension, such as compression. A page cannot ask for one, so it should never meet this code.',
    howToFix: 'Turn the extension on at the server, or stop requiring it in the client.',
    sentBy: 'client',
    rule: 'fail: contract',
    source: RFC,
  },
  {
    code: 1011,
    summary: 'Something went wrong inside the server.',
    whenYouSeeIt:
      'An exception that nobody caught in a message handler, or a service behind it that is down.',
    howToFix:
      'Read the log of the server at that time. If it follows one particular message of yours, that message sets it off.',
    sentBy: 'server',
    rule: 'reconnect, 1–5 s, widening to 30 s, at most 10 attempts',
    source: RFC,
  },
  {
    code: 1012,
    summary: 'The server restarts and expects to see you again.',
    whenYouSeeIt:
      'A deployment or a reload of the configuration: servers that drain their connections send it to all of them at one moment.',
    howToFix:
      'Nothing to mend. Delays are random, so that the clients do not come back all at once; the registration has 5–30 s in mind, so give a large fleet { minDelay: 5_000, maxDelay: 30_000 }.',
    sentBy: 'server',
    rule: 'reconnect, 1–5 s, never widening',
    source: IANA,
  },
  {
    code: 1013,
    summary: 'The server has more to do than it can, and asks for time.',
    whenYouSeeIt: 'Overload, a full connection table, or a limit on the clients of one address.',
    howToFix:
      'Leave the long delays as they are. If it lasts, the server needs more capacity, or your users fewer connections each: see the option share.',
    sentBy: 'server',
    rule: 'reconnect, 5–30 s, never widening',
    source: IANA,
  },
  {
    code: 1014,
    summary: 'A gateway got no usable answer from the server behind it.',
    whenYouSeeIt: 'The proxy is up while the application behind it is starting, stopped or unreachable.',
    howToFix: 'Look at the gateway: the address of its upstream, its health checks, its timeouts.',
    sentBy: 'server',
    rule: USUAL_RULE,
    source: IANA,
  },
  {
    code: 1015,
    summary: 'The encrypted channel could not be set up.',
    whenYouSeeIt:
      'An invalid certificate, or no TLS version in common. Browsers report 1006 in its place; some other clients do tell. It never travels.',
    howToFix:
      'Open the address with https: in a tab and see what the browser says about the certificate; check name, chain and date.',
    sentBy: 'nobody',
    rule: USUAL_RULE,
    source: RFC,
  },
  {
    code: 3000,
    summary: 'The server wants to know who you are: 401 in the language of HTTP.',
    whenYouSeeIt: 'No credentials, or credentials that are no longer valid.',
    howToFix:
      'Sign in again, then call reconnect(). Give the URL as a function, so that every dial carries a fresh token.',
    sentBy: 'server',
    rule: 'fail: policy',
    source: IANA,
  },
  {
    code: 3003,
    summary: 'The server knows who you are and says no: 403 in the language of HTTP.',
    whenYouSeeIt: 'A user without the right to this channel or document.',
    howToFix:
      'Grant the right on the server, or do not offer the feature to this user; then call reconnect().',
    sentBy: 'server',
    rule: 'fail: policy',
    source: IANA,
  },
  {
    code: 3008,
    summary: 'Something that was due did not come in time: 408 in the language of HTTP.',
    whenYouSeeIt: 'A client that says nothing for too long, or does not identify itself soon enough.',
    howToFix: 'Use a heartbeat shorter than the limit, and send what the server waits for in onOpen.',
    sentBy: 'server',
    rule: USUAL_RULE,
    source: IANA,
  },
];

/** Every registered close code, in ascending order: a table for a help page, or the choices of a form. */
export const closeCodes: readonly CloseCodeEntry[] = Object.freeze(
  ENTRIES.map((entry) => Object.freeze({ ...entry, name: closeCodeName(entry.code) })),
);
