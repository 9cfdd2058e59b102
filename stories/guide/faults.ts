/** What can break a connection. In a text, what stands between backticks is code. */
export interface Fault {
  readonly fault: string;
  /** What a person sees. */
  readonly seen: string;
  /** When it is back, once the cause is gone. */
  readonly back: string;
  /** The name of the test that makes it happen. */
  readonly test: string;
}

export const serverFaults: readonly Fault[] = [
  {
    fault: 'restart, 1012 and a real outage',
    seen: '`reconnecting`, cause 1012, one attempt after another',
    back: '1–5 s, then 4–5 s for each refused dial',
    test: 'is back after a restart (1012) with a real outage, through refused dials',
  },
  {
    fault: 'process killed with -9',
    seen: '`reconnecting`, cause 1006',
    back: '1–5 s, then 4–5 s, widening to 30 s after the third attempt',
    test: 'by kill -9 is left at once, and found again when another one listens on its port',
  },
  {
    fault: 'process stopped (half open)',
    seen: '`open` until the heartbeat has missed a reply, then `reconnecting`',
    back: '`interval` + `timeout` to find out, then as above',
    test: 'by SIGSTOP is found out by the heartbeat while it is still stopped, and is used again once it goes on',
  },
  {
    fault: 'connection reset',
    seen: '`reconnecting`, cause 1006',
    back: '1–5 s',
    test: 'by a TCP reset is left at once',
  },
  {
    fault: 'handshake never answered',
    seen: '`connecting` or `reconnecting`, for `connectTimeout`',
    back: '20 s, then 4–5 s',
    test: 'that is never answered is given up after connectTimeout, and tried again',
  },
  {
    fault: 'HTTP 503 for the handshake',
    seen: '`reconnecting`, refused dials',
    back: '4–5 s for each',
    test: 'that is answered with HTTP 503 is tried again until the server is well',
  },
  {
    fault: 'a subprotocol nobody asked for',
    seen: '`reconnecting`, then `failed` (`exhausted`) with `maxAttempts`',
    back: 'not by itself; `maxAttempts` ends it',
    test: 'with a subprotocol that nobody asked for is refused each time, within maxAttempts',
  },
  {
    fault: 'accepts and closes at once',
    seen: 'attempts that count on, however often it opens',
    back: 'not by itself; `maxAttempts` ends it',
    test: 'and closes at once, again and again, is dialled maxAttempts times more and no more',
  },
  {
    fault: 'invalid UTF-8',
    seen: 'looks like an outage, cause 1006',
    back: 'not by itself; `maxAttempts` ends it',
    test: 'and sends invalid UTF-8 looks like an outage, which maxAttempts ends',
  },
  {
    fault: '64 MB in one message',
    seen: 'the message',
    back: 'at once',
    test: 'and sends 64 MB in one message is heard',
  },
  {
    fault: 'more than `maxMessageSize`',
    seen: "`onError`, or `failed` (`contract`) with `onViolation: 'fail'`",
    back: "at once, it is reported; after `'fail'` by `reconnect()`",
    test: 'and sends more than maxMessageSize is reported, or ends with 4003, without a decoding',
  },
  {
    fault: 'data it rejects, 1003',
    seen: '`failed` (`contract`), with the frame that was sent last',
    back: 'by `reconnect()`',
    test: 'ends as a contract error when binary is rejected (1003), and dials no more until reconnect()',
  },
];

export const networkFaults: readonly Fault[] = [
  {
    fault: 'every packet dropped',
    seen: '`open` until the heartbeat has missed a reply, then `reconnecting`',
    back: '`interval` + `timeout` to find out, then as soon as a dial gets through',
    test: 'drops every packet: the heartbeat finds out, and the connection is back when the packets are',
  },
  {
    fault: 'connection forgotten by the other side',
    seen: '`open` until the next frame is answered with a reset, then `reconnecting`, cause 1006',
    back: 'with the next frame, at the latest `interval` of the heartbeat; then 1–5 s',
    test: 'resets a connection that the other side has forgotten: the next frame finds out',
  },
  {
    fault: 'offline',
    seen: 'an open socket stays; a lost one waits for the network without spending an attempt',
    back: 'up to 1 s after it is online, never within `minDelay` of the close',
    test: 'that is offline keeps its open socket, waits for the network when it is lost, and is back online',
  },
];

export const pageFaults: readonly Fault[] = [
  {
    fault: 'back/forward cache, away and back',
    seen: '`reconnecting`, one new socket',
    back: '1–2 s',
    test: 'that comes out of the back/forward cache opens exactly one new socket',
  },
  {
    fault: 'frozen and resumed',
    seen: 'nothing',
    back: 'at once',
    test: 'that is frozen and resumed keeps its socket',
  },
  {
    fault: 'Content Security Policy forbids it',
    seen: 'refused dials',
    back: 'not by itself; `maxAttempts` ends it',
    test: "because of a Content Security Policy (connect-src 'none') counts each dial as refused",
  },
  {
    fault: '`ws:` from an https page',
    seen: '`failed` (`setup`)',
    back: 'with another URL',
    test: 'because of mixed content ends with a setup error that says so',
  },
  {
    fault: 'blocked port',
    seen: 'refused dials',
    back: 'not by itself; `maxAttempts` ends it',
    test: 'because of a blocked port counts each dial as refused',
  },
  {
    fault: 'StrictMode',
    seen: 'one dial, and nothing in the console',
    back: '–',
    test: 'dials once in StrictMode, and the console has nothing to say',
  },
];
