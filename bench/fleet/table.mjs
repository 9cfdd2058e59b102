const number = (value) => value.toLocaleString('en-US');
const seconds = (ms) => (Number.isFinite(ms) ? (ms / 1000).toFixed(1) : 'never');

/** What a table shows about a run. */
const columns = [
  ['', ({ name }) => name],
  ['peak/100 ms', ({ report }) => number(report.peak)],
  ['dials', ({ report }) => number(report.dials)],
  ['wasted', ({ report }) => number(report.wasted)],
  ['50 % back', ({ report }) => seconds(report.back50)],
  ['99 % back', ({ report }) => seconds(report.back99)],
  ['all back', ({ report }) => seconds(report.back100)],
  ['longest wait', ({ report }) => seconds(report.longestWait)],
  ['mean time away', ({ report }) => seconds(report.meanAway)],
  ['lost', ({ report }) => number(report.lost)],
];

/** What the columns mean. */
export const legend = [
  ['peak/100 ms', 'the most dials that reached the servers within 100 ms'],
  ['dials', 'all dials that reached them'],
  [
    'wasted',
    'handshakes that a running server did in vain: it had to turn the client away, the client had given up meanwhile, or the connection ended within 5 s',
  ],
  ['50 %, 99 %, all back', 'seconds from the first close until so many are connected for good'],
  ['longest wait', 'seconds that the last client waited after the servers were well'],
  ['mean time away', 'seconds that a client which came back had no connection'],
  ['lost', 'clients that are not back when the run ends, because they gave up or wait too long'],
];

/** @typedef {{ name: string; report: import('./ledger.mjs').Report }} Row */

/** @param {readonly Row[]} rows */
export function textTable(rows) {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, show]) => show(row)))];
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  '),
    )
    .join('\n');
}

/** @param {readonly Row[]} rows */
export function markdownTable(rows) {
  const lines = [
    columns.map(([title]) => title),
    columns.map((_, column) => (column === 0 ? '---' : '---:')),
    ...rows.map((row) => columns.map(([, show]) => show(row))),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}
