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
    test: 'reconnects after a restart (1012) during which dials are refused',
  },
  {
    fault: 'The server process is killed',
    seen: '`reconnecting` with `cause.code` 1006',
    back: 'After 1–5 s, then 4–5 s for each failed attempt, widening to 15 s after the eighth',
    test: 'causes an outage when it is killed (SIGKILL), until a new process listens on its port',
  },
  {
    fault: 'The server process hangs',
    seen: '`open` until the heartbeat gets no reply, then `reconnecting`',
    back: '`interval` + `timeout` to detect it, then as above',
    test: 'causes an outage by the heartbeat while it is stopped (SIGSTOP), until it continues (SIGCONT)',
  },
  {
    fault: 'The connection is reset',
    seen: '`reconnecting` with `cause.code` 1006',
    back: 'After 1–5 s',
    test: 'causes an outage when it resets the TCP connection',
  },
  {
    fault: 'The handshake is never answered',
    seen: '`connecting` or `reconnecting` for `connectTimeout`',
    back: '20 s, then 4–5 s',
    test: 'is abandoned after connectTimeout without an answer, and retried',
  },
  {
    fault: 'The handshake is answered with HTTP 503',
    seen: '`reconnecting`; each attempt fails',
    back: '4–5 s for each attempt',
    test: 'is retried after HTTP 503 until the server accepts',
  },
  {
    fault: 'The server answers with a subprotocol that was not offered',
    seen: '`reconnecting`, then `failed` (`exhausted`) if `maxAttempts` is set',
    back: 'Not automatically; `maxAttempts` ends it',
    test: 'is refused and retried up to maxAttempts times if the server selects a subprotocol that was not offered',
  },
  {
    fault: 'The server accepts and closes at once, every time',
    seen: '`reconnecting`; `attempt` counts on although sockets open',
    back: 'Not automatically; `maxAttempts` ends it',
    test: 'gets one dial and maxAttempts retries if it closes every socket at once',
  },
  {
    fault: 'The server sends invalid UTF-8',
    seen: 'The same as a lost connection (1006)',
    back: 'Not automatically; `maxAttempts` ends it',
    test: 'causes an outage that ends after maxAttempts retries if it sends invalid UTF-8',
  },
  {
    fault: 'One message of 64 MB',
    seen: 'The message',
    back: 'At once',
    test: 'can send 64 MB in one message',
  },
  {
    fault: 'A message larger than `maxMessageSize`',
    seen: "`onError`, or `failed` (`contract`) with `onViolation: 'fail'`",
    back: "The connection stays open; after `'fail'`, `reconnect()`",
    test: 'makes the connection fail with 4003 if a message exceeds maxMessageSize and onViolation is fail',
  },
  {
    fault: 'The server rejects data (1003)',
    seen: '`failed` (`contract`), with the last frame that was sent',
    back: '`reconnect()`, after the data is fixed',
    test: 'fails with a contract error when the server rejects binary data (1003), and does not dial until reconnect()',
  },
];

export const networkFaults: readonly Fault[] = [
  {
    fault: 'All packets are lost',
    seen: '`open` until the heartbeat gets no reply, then `reconnecting`',
    back: '`interval` + `timeout` to detect it, then as soon as an attempt gets through',
    test: 'drops every packet: the heartbeat causes an outage, which ends when packets pass again',
  },
  {
    fault: 'The other side has lost the connection, for example a restarted router',
    seen: '`open` until the next frame is answered with a reset, then `reconnecting` (1006)',
    back: 'With the next frame, or after the `interval` of the heartbeat; then 1–5 s',
    test: 'resets a TCP connection that the server has dropped: the next frame causes an outage',
  },
  {
    fault: 'The device is offline',
    seen: 'An open socket stays open. A lost one waits for the network; no attempt is counted',
    back: 'Within 1 s after the device is online, but not before `minDelay` after the close',
    test: 'keeps its open socket while offline, waits for the network once the socket is lost, and reconnects when online',
  },
];

export const pageFaults: readonly Fault[] = [
  {
    fault: 'Another page and back, through the back/forward cache',
    seen: '`reconnecting`, then one new socket',
    back: 'After 1–2 s',
    test: 'opens exactly one new socket when it is restored from the back/forward cache',
  },
  {
    fault: 'The tab is frozen and resumed',
    seen: 'Nothing',
    back: 'At once',
    test: 'keeps its socket when it is frozen and resumed',
  },
  {
    fault: 'A Content Security Policy blocks the address',
    seen: '`failed` (`setup`)',
    back: '`reconnect()`, after `connect-src` allows the address',
    test: 'fails with a setup error that names connect-src if a Content Security Policy blocks the address',
  },
  {
    fault: '`ws:` on an https page',
    seen: '`failed` (`setup`)',
    back: 'With another URL',
    test: 'fails with a setup error that names wss: if it is mixed content',
  },
  {
    fault: 'Chromium: a local address, and no permission for local addresses',
    seen: '`reconnecting`; each attempt fails',
    back: '1–5 s after the user has allowed it, or 4–5 s after several attempts',
    test: 'sees a refused dial where it lacks the permission for local addresses, and connects once it has it',
  },
  {
    fault: 'A port that browsers block',
    seen: '`reconnecting`; each attempt fails',
    back: 'Not automatically; `maxAttempts` ends it',
    test: 'treats a dial to a blocked port as refused',
  },
  {
    fault: 'StrictMode',
    seen: 'One attempt, and no message in the console',
    back: '–',
    test: 'dials once in StrictMode and writes nothing to the console',
  },
];
