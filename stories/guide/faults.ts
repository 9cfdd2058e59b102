/** What can break a connection. Texts are Markdown. */
export interface Fault {
  readonly fault: string;
  /** What the user sees. */
  readonly seen: string;
  /** When it is connected again, counted from the moment when the cause is gone. */
  readonly back: string;
  /** The name of the test that reproduces it. */
  readonly test: string;
}
export const serverFaults: readonly Fault[] = [
  {
    fault: 'The server restarts (1012)',
    seen: '`reconnecting` with `cause.code` 1012 until the server is up',
    back: 'After 1–5 s, then 4–5 s for each failed attempt',
    test: 'is back after a restart (1012) with a real outage, through refused dials',
  },
  {
    fault: 'The server process is killed',
    seen: '`reconnecting` with `cause.code` 1006',
    back: 'After 1–5 s, then 4–5 s for each failed attempt, widening to 15 s after the eighth',
    test: 'by kill -9 is left at once, and found again when another one listens on its port',
  },
  {
    fault: 'The server process hangs',
    seen: '`open` until the heartbeat gets no reply, then `reconnecting`',
    back: '`interval` + `timeout` to detect it, then as above',
    test: 'by SIGSTOP is found out by the heartbeat while it is still stopped, and is used again once it goes on',
  },
  {
    fault: 'The connection is reset',
    seen: '`reconnecting` with `cause.code` 1006',
    back: 'After 1–5 s',
    test: 'by a TCP reset is left at once',
  },
  {
    fault: 'The handshake is never answered',
    seen: '`connecting` or `reconnecting` for `connectTimeout`',
    back: '20 s, then 4–5 s',
    test: 'that is never answered is given up after connectTimeout, and tried again',
  },
  {
    fault: 'The handshake is answered with HTTP 503',
    seen: '`reconnecting`; each attempt fails',
    back: '4–5 s for each attempt',
    test: 'that is answered with HTTP 503 is tried again until the server is well',
  },
  {
    fault: 'The server answers with a subprotocol that was not offered',
    seen: '`reconnecting`, then `failed` (`exhausted`) if `maxAttempts` is set',
    back: 'Not automatically; `maxAttempts` ends it',
    test: 'with a subprotocol that nobody asked for is refused each time, within maxAttempts',
  },
  {
    fault: 'The server accepts and closes at once, every time',
    seen: '`reconnecting`; `attempt` counts on although sockets open',
    back: 'Not automatically; `maxAttempts` ends it',
    test: 'and closes at once, again and again, is dialled maxAttempts times more and no more',
  },
  {
    fault: 'The server sends invalid UTF-8',
    seen: 'The same as a lost connection (1006)',
    back: 'Not automatically; `maxAttempts` ends it',
    test: 'and sends invalid UTF-8 looks like an outage, which maxAttempts ends',
  },
  {
    fault: 'One message of 64 MB',
    seen: 'The message',
    back: 'At once',
    test: 'and sends 64 MB in one message is heard',
  },
  {
    fault: 'A message larger than `maxMessageSize`',
    seen: "`onError`, or `failed` (`contract`) with `onViolation: 'fail'`",
    back: "The connection stays open; after `'fail'`, `reconnect()`",
    test: 'and sends more than maxMessageSize is reported, or ends with 4003, without a decoding',
  },
  {
    fault: 'The server rejects data (1003)',
    seen: '`failed` (`contract`), with the last frame that was sent',
    back: '`reconnect()`, after the data is fixed',
    test: 'ends as a contract error when binary is rejected (1003), and dials no more until reconnect()',
  },
];

export const networkFaults: readonly Fault[] = [
  {
    fault: 'All packets are lost',
    seen: '`open` until the heartbeat gets no reply, then `reconnecting`',
    back: '`interval` + `timeout` to detect it, then as soon as an attempt gets through',
    test: 'drops every packet: the heartbeat finds out, and the connection is back when the packets are',
  },
  {
    fault: 'The other side has lost the connection, for example a restarted router',
    seen: '`open` until the next frame is answered with a reset, then `reconnecting` (1006)',
    back: 'With the next frame, or after the `interval` of the heartbeat; then 1–5 s',
    test: 'resets a connection that the other side has forgotten: the next frame finds out',
  },
  {
    fault: 'The device is offline',
    seen: 'An open socket stays open. A lost one waits for the network; no attempt is counted',
    back: 'Within 1 s after the device is online, but not before `minDelay` after the close',
    test: 'that is offline keeps its open socket, waits for the network when it is lost, and is back online',
  },
];

export const pageFaults: readonly Fault[] = [
  {
    fault: 'Another page and back, through the back/forward cache',
    seen: '`reconnecting`, then one new socket',
    back: 'After 1–2 s',
    test: 'that comes out of the back/forward cache opens exactly one new socket',
  },
  {
    fault: 'The tab is frozen and resumed',
    seen: 'Nothing',
    back: 'At once',
    test: 'that is frozen and resumed keeps its socket',
  },
  {
    fault: 'A Content Security Policy blocks the address',
    seen: '`failed` (`setup`)',
    back: '`reconnect()`, after `connect-src` allows the address',
    test: "because of a Content Security Policy (connect-src 'none') counts each dial as refused",
  },
  {
    fault: '`ws:` on an https page',
    seen: '`failed` (`setup`)',
    back: 'With another URL',
    test: 'because of mixed content ends with a setup error that says so',
  },
  {
    fault: 'A port that browsers block',
    seen: '`reconnecting`; each attempt fails',
    back: 'Not automatically; `maxAttempts` ends it',
    test: 'because of a blocked port counts each dial as refused',
  },
  {
    fault: 'StrictMode',
    seen: 'One attempt, and no message in the console',
    back: '–',
    test: 'dials once in StrictMode, and the console has nothing to say',
  },
];
