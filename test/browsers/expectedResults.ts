/**
 * The expected result of each scenario in each browser. The tests compare these texts with the results, and the guide
 * page `stories/guide/browsers.md` shows them.
 */
import type { BrowserName } from './drivers/driver.js';

export interface Row {
  readonly scenario: string;
  readonly expected: Readonly<Record<BrowserName, string>>;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly RowName[];
}

const sameInAll = (scenario: string, text: string): Row => ({
  scenario,
  expected: { chromium: text, firefox: text, webkit: text },
});

const differing = (scenario: string, expected: Row['expected']): Row => ({ scenario, expected });

export const rows = {
  restart: differing('The server restarts: it closes with 1012 and is down for a while', {
    chromium: '1012, clean; reconnects',
    firefox: '1012, clean; reconnects',
    webkit: '1006, unclean; reconnects',
  }),
  killed: sameInAll('The server process is killed (`kill -9`)', '1006, unclean; reconnects'),
  stopped: sameInAll(
    'The server process hangs (`SIGSTOP`), with a heartbeat',
    '1006, unclean, while the server still hangs; reconnects when it continues',
  ),
  flapping: sameInAll(
    'The server accepts and closes with 1011 each time, `maxAttempts: 3`',
    '4 attempts, then `failed` (`exhausted`)',
  ),
  longOutage: differing('A long outage: how long the browser delays an attempt', {
    chromium: 'not at all',
    firefox: '1.5 times as long after each refusal; meanwhile `waitingFor` is `handshake`',
    webkit: 'not at all',
  }),
  hangingSamePort: differing(
    'One connection waits for its handshake; another one dials the same host and port',
    {
      chromium: 'waits until the first one times out',
      firefox: 'waits until the first one times out',
      webkit: 'opens at once',
    },
  ),
  hangingOtherPort: differing(
    'One connection waits for its handshake; another one dials another port of the same host',
    {
      chromium: 'opens at once',
      firefox: 'waits until the first one times out',
      webkit: 'opens at once',
    },
  ),

  codes: sameInAll(
    'The server closes with 1000–1003, 1007–1011, 3000, 3003, 3008, 4000 or 4999',
    'as sent, clean, with the reason',
  ),
  serviceCodes: differing('The server closes with 1012, 1013 or 1014', {
    chromium: 'as sent, clean, with the reason',
    firefox: 'as sent, clean, with the reason',
    webkit: '1006, unclean, without the reason',
  }),
  noCode: sameInAll('The server closes without a code', '1005, clean, without a reason'),
  invalidText: sameInAll('The server sends text that is not UTF-8', '1006, unclean, without the reason'),
  textRejected: sameInAll(
    'The server rejects text with 1003',
    '`failed` (`contract`), 1 attempt; the hint names the frame: string',
  ),
  binaryRejected: sameInAll(
    'The server rejects binary data with 1003',
    '`failed` (`contract`), 1 attempt; the hint names the frame: ArrayBuffer, Uint8Array, DataView, Blob',
  ),

  contentSecurityPolicy: sameInAll(
    "The page's Content Security Policy does not allow the address (`connect-src`)",
    '`failed` (`setup`), 1 attempt; the hint names `connect-src`',
  ),
  mixedContent: sameInAll('A `ws:` address on an `https:` page', '`failed` (`setup`), 1 attempt'),
  mixedLoopback: differing('A `ws:` address of this computer (127.0.0.0/8) on an `https:` page', {
    chromium: '`open`',
    firefox: '`open`',
    webkit: '`failed` (`setup`), 1 attempt',
  }),
  blockedPort: sameInAll(
    'A port that browsers block (25), `maxAttempts: 1`',
    '2 refused attempts, then `failed` (`exhausted`)',
  ),
  badCertificate: differing('A certificate that the browser does not trust', {
    chromium: 'refused, 1006',
    firefox: 'refused, 1015',
    webkit: 'refused, 1006',
  }),
  plainServer: differing('A `wss:` address of a server that speaks `ws:`', {
    chromium: 'refused, 1006',
    firefox: 'refused, 1015',
    webkit: 'refused, 1006',
  }),
  otherSubprotocol: sameInAll('The server answers with a subprotocol that was not offered', 'refused, 1006'),
  noSubprotocol: differing('The server chooses none of the offered subprotocols', {
    chromium: 'refused, 1006',
    firefox: 'opens without a subprotocol',
    webkit: 'opens without a subprotocol',
  }),
  unaskedSubprotocol: differing('The server answers with a subprotocol although none was offered', {
    chromium: 'refused, 1006',
    firefox: 'opens without a subprotocol',
    webkit: 'refused, 1006',
  }),

  strictMode: differing('StrictMode in development', {
    chromium: '1 attempt; nothing in the console',
    firefox: '1 attempt; nothing in the console',
    webkit: '1 attempt; nothing in the console (messages of the browser itself cannot be read)',
  }),
  reload: sameInAll('Reload with an open connection', 'the server sees 1001; 1 new attempt'),
  reloadWhileConnecting: sameInAll('Reload during the handshake', '1 new attempt'),
  leaveWhileOpen: differing('Navigation to another page and back, with an open connection', {
    chromium: 'from the back/forward cache; 1006, unclean; 1 new attempt',
    firefox: 'reloaded; 1 new attempt',
    webkit: 'from the back/forward cache; 1006, unclean; 1 new attempt',
  }),
  leaveWhileWaiting: sameInAll(
    'Navigation to another page and back, after the time of the next attempt',
    'from the back/forward cache; the next attempt starts immediately',
  ),

  burst: sameInAll(
    '20,000 messages at once',
    'all of them reach the handler and the reducer; at most 1 render per frame',
  ),
  binaryTypes: sameInAll(
    'Strings, buffers, views and Blobs, queued and sent, with both values of `binaryType`',
    'arrive complete and in order, binary ones as ArrayBuffer and as Blob',
  ),
} satisfies Record<string, Row>;

export type RowName = keyof typeof rows;

/** The sections of the guide page; a test checks that each row belongs to one section. */
export const sections: readonly Section[] = [
  {
    title: 'Outages',
    rows: ['restart', 'killed', 'stopped', 'flapping', 'longOutage', 'hangingSamePort', 'hangingOtherPort'],
  },
  {
    title: 'Close codes',
    rows: ['codes', 'serviceCodes', 'noCode', 'invalidText', 'textRejected', 'binaryRejected'],
  },
  {
    title: 'Connections that the browser refuses',
    rows: [
      'contentSecurityPolicy',
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
    title: 'Navigation',
    rows: ['strictMode', 'reload', 'reloadWhileConnecting', 'leaveWhileOpen', 'leaveWhileWaiting'],
  },
  { title: 'Messages', rows: ['burst', 'binaryTypes'] },
];
