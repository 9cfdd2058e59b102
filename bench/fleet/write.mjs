import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { contenders } from './contenders.mjs';
import { drawCurves, themes } from './draw.mjs';
import { legend, markdownTable } from './table.mjs';

const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Who is drawn: one of each kind, so that the panels can be told apart. */
const DRAWN = [
  'react-websocket-hooks',
  'partysocket 1.3.0',
  'socket.io-client 4.8.4',
  'react-use-websocket 4.13.0',
  'full jitter, at most 5 s',
  'decorrelated jitter, at most 30 s',
];

/**
 * Writes RESULTS.md, and the curves of every scenario in a light and a dark drawing.
 *
 * @param {readonly (import('./plan.mjs').Chapter & { rows: readonly import('./table.mjs').Row[] })[]} results
 * @param {{ seed: number }} options
 */
export async function writeResults(results, { seed }) {
  const drawn = new Set();
  const chapters = results.map((result) => {
    const { scenario, title, clients, rows } = result;
    const parts = [`## ${title}`, scenario.story, bestPossible(scenario, clients)];
    const panels = DRAWN.map((name) => rows.find((row) => row.name === name));
    if (!drawn.has(scenario.name) && panels.every((panel) => panel !== undefined)) {
      drawn.add(scenario.name);
      for (const theme of Object.keys(themes)) {
        writeFileSync(
          fileOf(`${scenario.name}.${theme}.svg`),
          drawCurves({ title, scenario, panels, theme }),
        );
      }
      parts.push(picture(scenario));
    }
    return [...parts, markdownTable(rows)].filter(Boolean).join('\n\n');
  });

  const file = fileOf('RESULTS.md');
  const text = [
    '# What a fleet does to its servers',
    `Written by \`npm run bench:fleet\`; every figure follows from the seed (${seed}).`,
    'The delays of this library come from its own policy code, bundled from `src/core`; clocks, network, servers and browsers are simulated. ' +
      'Each client has its own random stream and its own way to the servers of 5 to 45 ms. Limits of servers grow with the number of clients, so that tables of different sizes can be compared.',
    legend.map(([column, meaning]) => `- **${column}**: ${meaning}`).join('\n'),
    '## Who takes part',
    contenders.map(({ name, source }) => `- ${name}: ${source}`).join('\n'),
    'The random numbers of clients from packages come from one seeded stream for all.',
    ...chapters,
  ].join('\n\n');
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
}

/** When the last client would be back if no second of the servers were idle. */
function bestPossible({ servers = 1, wellAt, capacity }, clients) {
  const { perSecond, burst } = capacity(clients);
  if (servers > 1 || perSecond === Infinity) return '';
  return `At best everybody is back after ${(wellAt / 1000 + (clients - burst) / perSecond).toFixed(1)} s.`;
}

function picture({ name, title }) {
  return [
    '<picture>',
    `<source media="(prefers-color-scheme: dark)" srcset="${name}.dark.svg">`,
    `<img alt="${title}: dials in each 100 ms, and the share of clients that are connected" src="${name}.light.svg">`,
    '</picture>',
  ].join('\n');
}
