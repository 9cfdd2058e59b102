const number = (value) => value.toLocaleString('en-US');
const seconds = (ms) => (Number.isFinite(ms) ? (ms / 1000).toFixed(1) : 'never');

/** The columns of the results: title, how a cell is shown, and what the column means. */
const columns = [
  {
    title: 'peak/100 ms',
    show: ({ peak }) => number(peak),
    meaning: 'the most connection attempts that reached the servers within 100 ms',
  },
  {
    title: 'attempts',
    show: ({ dials }) => number(dials),
    meaning: 'all connection attempts that reached the servers',
  },
  {
    title: 'wasted',
    show: ({ wastedHandshakes }) => number(wastedHandshakes),
    meaning:
      'handshakes that cost a running server time for nothing: it rejected the client, the client had abandoned the attempt, or the connection ended within 5 s',
  },
  {
    title: '50 % back',
    show: ({ reconnectTime50 }) => seconds(reconnectTime50),
    meaning: 'seconds from the first close until half of the clients had a connection that lasted',
  },
  {
    title: '99 % back',
    show: ({ reconnectTime99 }) => seconds(reconnectTime99),
    meaning: 'the same for 99 % of the clients',
  },
  {
    title: 'all back',
    show: ({ reconnectTime100 }) => seconds(reconnectTime100),
    meaning: 'the same for all clients',
  },
  {
    title: 'longest wait',
    show: ({ longestWait }) => seconds(longestWait),
    meaning: 'seconds that the last client waited after the servers accepted clients again',
  },
  {
    title: 'mean downtime',
    show: ({ meanDowntime }) => seconds(meanDowntime),
    meaning: 'seconds without a connection, averaged over the clients that were connected when the run ended',
  },
  {
    title: 'not back',
    show: ({ disconnected }) => number(disconnected),
    meaning: 'clients without a connection when the run ended: they gave up, or waited for a later attempt',
  },
];

/** @typedef {{ name: string; report: import('./fleetStatistics.mjs').FleetReport }} Row */

/** @param {readonly Row[]} rows @returns {import('../table.mjs').Cells} */
export const cellsOf = (rows) => [
  ['', ...columns.map(({ title }) => title)],
  ...rows.map(({ name, report }) => [name, ...columns.map(({ show }) => show(report))]),
];

/** What the columns mean, as a list in Markdown. */
export const columnList = columns.map(({ title, meaning }) => `- **${title}**: ${meaning}`).join('\n');
