/**
 * What each browser shows for each scenario: the tests compare these texts with what they have measured, and the
 * guide page `stories/guide/browsers.md` prints them. Where the three agree there is one text.
 */
import type { BrowserName } from './drivers/driver.js';

export interface Row {
  readonly scenario: string;
  readonly seen: Readonly<Record<BrowserName, string>>;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly RowName[];
}

const everywhere = (scenario: string, text: string): Row => ({
  scenario,
  seen: { chromium: text, firefox: text, webkit: text },
});

const apart = (scenario: string, seen: Row['seen']): Row => ({ scenario, seen });

export const rows = {
  restart: apart('The server restarts: it closes with 1012 and is away for a while', {
    chromium: '1012, clean; reconnects',
    firefox: '1012, clean; reconnects',
    webkit: '1006, unclean; reconnects',
  }),
  killed: everywhere('The server process is killed (`kill -9`)', '1006, unclean; reconnects'),
  stopped: everywhere(
    'The server process hangs (`SIGSTOP`), with a heartbeat',
    '1006, unclean, while the server still hangs; reconnects when it goes on',
  ),
  flapping: everywhere(
    'The server accepts and closes with 1011 each time, `maxAttempts: 3`',
    '4 attempts, then `failed` (`exhausted`)',
  ),
  longOutage: apart('A long outage: how long the browser holds back an attempt before it makes it', {
    chromium: 'not at all',
    firefox: 'half as long again after each refusal; meanwhile `waitingFor` is `handshake`',
    webkit: 'not at all',
  }),
  silentSamePort: apart('One connection waits for a handshake; another one to the same host and port', {
    chromium: 'waits until the first is given up',
    firefox: 'waits until the first is given up',
    webkit: 'opens at once',
  }),
  silentOtherPort: apart('The same, to another port of the host', {
    chromium: 'opens at once',
    firefox: 'waits until the first is given up',
    webkit: 'opens at once',
  }),

  codes: everywhere(
    'The server closes with 1000–1003, 1007–1011, 3000, 3003, 3008, 4000 or 4999',
    'as sent, clean, with the reason',
  ),
  serviceCodes: apart('The server closes with 1012, 1013 or 1014', {
    chromium: 'as sent, clean, with the reason',
    firefox: 'as sent, clean, with the reason',
    webkit: '1006, unclean, without the reason',
  }),
  noCode: everywhere('The server closes without a code', '1005, clean, without a reason'),
  invalidText: everywhere('The server sends text that is not UTF-8', '1006, unclean, without the reason'),
  textRejected: everywhere(
    'The server rejects text with 1003',
    '`failed` (`contract`), 1 attempt; the hint names the frame: string',
  ),
  binaryRejected: everywhere(
    'The server rejects binary data with 1003',
    '`failed` (`contract`), 1 attempt; the hint names the frame: ArrayBuffer, Uint8Array, DataView, Blob',
  ),

  policy: everywhere(
    "The page's Content Security Policy does not allow the address (`connect-src`)",
    '`failed` (`setup`), 1 attempt; the hint names `connect-src`',
  ),
  mixedContent: everywhere('A `ws:` address on an `https:` page', '`failed` (`setup`), 1 attempt'),
  mixedLoopback: apart('The same, to this computer (127.0.0.0/8)', {
    chromium: '`open`',
    firefox: '`open`',
    webkit: '`failed` (`setup`), 1 attempt',
  }),
  blockedPort: everywhere(
    'A port that browsers block (25), `maxAttempts: 1`',
    '2 refused attempts, then `failed` (`exhausted`)',
  ),
  badCertificate: apart('A certificate that the browser does not trust', {
    chromium: 'refused, 1006',
    firefox: 'refused, 1015',
    webkit: 'refused, 1006',
  }),
  plainServer: apart('A `wss:` address of a server that speaks `ws:`', {
    chromium: 'refused, 1006',
    firefox: 'refused, 1015',
    webkit: 'refused, 1006',
  }),
  otherSubprotocol: everywhere(
    'The server answers with another subprotocol than the one offered',
    'refused, 1006',
  ),
  noSubprotocol: apart('The server picks none of the subprotocols offered', {
    chromium: 'refused, 1006',
    firefox: 'opens without a subprotocol',
    webkit: 'opens without a subprotocol',
  }),
  unaskedSubprotocol: apart('The server answers with a subprotocol, and none was offered', {
    chromium: 'refused, 1006',
    firefox: 'opens without a subprotocol',
    webkit: 'refused, 1006',
  }),

  strictMode: apart('StrictMode in development', {
    chromium: '1 attempt; nothing in the console',
    firefox: '1 attempt; nothing in the console',
    webkit: '1 attempt; nothing in the console (messages of the browser itself cannot be read)',
  }),
  reload: everywhere('Reload with an open connection', 'the server sees 1001; 1 new attempt'),
  reloadWhileConnecting: everywhere('Reload during the handshake', '1 new attempt'),
  awayWhileOpen: apart('To another page and back, with an open connection', {
    chromium: 'from the back/forward cache; 1006, unclean; 1 new attempt',
    firefox: 'loaded anew; 1 new attempt',
    webkit: 'from the back/forward cache; 1006, unclean; 1 new attempt',
  }),
  awayWhileWaiting: everywhere(
    'To another page and back after the time of the next attempt has passed',
    'from the back/forward cache; attempts at once',
  ),

  burst: everywhere(
    '20,000 messages at once',
    'all of them reach the handler and the reducer; at most 1 render a frame',
  ),
  binaryTypes: everywhere(
    'Strings, buffers, views and Blobs, queued and sent, under both values of `binaryType`',
    'arrive in order and complete, binary ones as ArrayBuffer and as Blob',
  ),
} satisfies Record<string, Row>;

export type RowName = keyof typeof rows;

/** How the guide page divides them; a test sees to it that each row stands in one section. */
export const sections: readonly Section[] = [
  {
    title: 'Outages',
    rows: ['restart', 'killed', 'stopped', 'flapping', 'longOutage', 'silentSamePort', 'silentOtherPort'],
  },
  {
    title: 'Close codes',
    rows: ['codes', 'serviceCodes', 'noCode', 'invalidText', 'textRejected', 'binaryRejected'],
  },
  {
    title: 'Connections that the browser refuses',
    rows: [
      'policy',
      'mixedContent',
      'mixedLoopback',
      'blockedPort',
      'badCertificate',
      'plainServer',
      'otherSubprotocol',
      'noSubprotocol',
      'unaskedSubprotocol',
    ],
  },
  {
    title: 'Pages that come and go',
    rows: ['strictMode', 'reload', 'reloadWhileConnecting', 'awayWhileOpen', 'awayWhileWaiting'],
  },
  { title: 'Messages', rows: ['burst', 'binaryTypes'] },
];
