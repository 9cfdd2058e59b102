import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { markdownTable } from '../table.mjs';
import { drawChart, themes } from './chart.mjs';
import { implementations } from './implementations.mjs';
import { cellsOf, columnList } from './table.mjs';

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** The implementations in the charts: one of each kind. */
const CHARTED = [
  'react-websocket-hooks',
  'partysocket 1.3.0',
  'socket.io-client 4.8.4',
  'react-use-websocket 4.13.0',
  'full jitter, at most 5 s',
  'decorrelated jitter, at most 30 s',
];

/**
 * Writes RESULTS.md, and the charts of every scenario in a light and a dark theme.
 *
 * @param {readonly (import('./experiments.mjs').Experiment & { rows: readonly import('./table.mjs').Row[] })[]} results
 * @param {{ seed: number }} options
 */
export async function writeResults(results, { seed }) {
  const charted = new Set();
  const sections = results.map((result) => {
    const { scenario, title, clients, rows } = result;
    const parts = [`## ${title}`, scenario.description, describeOptimum(scenario, clients)];
    const panels = CHARTED.map((name) => rows.find((row) => row.name === name));
    if (!charted.has(scenario.name) && panels.every((panel) => panel !== undefined)) {
      charted.add(scenario.name);
      for (const theme of Object.keys(themes)) {
        writeFileSync(fileOf(`${scenario.name}.${theme}.svg`), drawChart({ title, scenario, panels, theme }));
      }
      parts.push(chartElement(scenario));
    }
    return [...parts, markdownTable(cellsOf(rows))].filter(Boolean).join('\n\n');
  });

  const file = fileOf('RESULTS.md');
  const text = [
    '# How a fleet of clients reconnects',
    `Written by \`npm run bench:fleet\`. The clocks, the network, the servers and the browsers are simulated, so that every figure follows from the seed (${seed}).`,
    'The delays of this library come from its own policy code, bundled from `src/core`. Each client has its own random numbers and a one-way latency of its own, 5 to 45 ms. The limits of the servers are proportional to the number of clients, so that tables of different sizes can be compared.',
    columnList,
    '## Implementations',
    implementations.map(({ name, source }) => `- ${name}: ${source}`).join('\n'),
    'Clients that run from a package take their random numbers from one seeded stream.',
    ...sections,
  ].join('\n\n');
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
}

/** When all clients would be back if the server accepted as many as it can all the time. */
function describeOptimum({ servers = 1, recoveredAt, capacity }, clients) {
  const { perSecond, burst } = capacity(clients);
  if (servers > 1 || perSecond === Infinity) return '';
  return `At best, all clients are back after ${(recoveredAt / 1000 + (clients - burst) / perSecond).toFixed(1)} s.`;
}

function chartElement({ name, title }) {
  return [
    '<picture>',
    `<source media="(prefers-color-scheme: dark)" srcset="${name}.dark.svg">`,
    `<img alt="${title}: connection attempts per 100 ms, and the share of the clients that are connected" src="${name}.light.svg">`,
    '</picture>',
  ].join('\n');
}
