import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { names } from './contestants/names.mjs';
import { versionOf } from './install.mjs';
import { markdownTable, textTable } from './table.mjs';

/** @typedef {{ title: string; about: string; cells: import('./table.mjs').Cells }} Chapter */

/** @returns {Chapter} */
export const chapterOf = ({ title, about, columns, entries }, { rows, sizes, rounds }) => ({
  title: title({ ...sizes, ...grouped(sizes) }),
  about: `${about} ${rounds} ${rounds === 1 ? 'round' : 'rounds'}.`,
  cells: [
    ['', ...columns.map((column) => column.title)],
    ...rows.map((row) => [row.name, ...columns.map((column) => column.show(row, rows))]),
  ],
  entries,
});

const grouped = (sizes) =>
  Object.fromEntries(Object.entries(sizes).map(([name, value]) => [name, value.toLocaleString('en-US')]));

/** @returns {Chapter} */
export const sizeChapter = (rows) => ({
  title: 'Bundle size',
  about: 'Bytes of what has to be imported, with its dependencies, without React; minified for ES2022.',
  cells: [
    ['', 'minified', 'gzip'],
    ...rows.map(({ name, minified, gzip }) => [
      name,
      minified.toLocaleString('en-US'),
      gzip.toLocaleString('en-US'),
    ]),
  ],
});

/** @returns {Chapter} */
export const targetChapter = (targets) => ({
  title: 'What the library promises itself',
  about: 'Medians, but for what is counted: there the worst of all rounds.',
  cells: [
    ['', 'measured', 'holds'],
    ...targets.map(({ claim, measured, holds }) => [claim, measured, holds ? 'yes' : '**no**']),
  ],
});

/** @param {Chapter} chapter */
export function print({ title, about, cells }) {
  console.log(`\n${title}\n${about}\n\n${textTable(cells)}`);
}

const reading = [
  'A ratio compares what was measured in the same round, one right after the other, in a fresh page each; shown are the median of all rounds and in brackets its quartiles. Ratios are what counts; microseconds belong to the machine they were measured on and are there for the order of magnitude.',
  '**Script time** is what Chromium itself counts as spent in scripts (`ScriptDuration`), **main thread** the time that the operating system counts for everything the main thread of the page computes: receiving, scripts, layout, garbage.',
  'The page is a production build with one React for all, warmed up before anything is measured; the server is `ws` in a process of its own on the same machine, without compression.',
];

/** Writes RESULTS.md. */
export async function writeResults(chapters, { chromium }) {
  const file = fileURLToPath(new URL('RESULTS.md', import.meta.url));
  const packages = Object.values(names).flatMap(({ packageName }) =>
    packageName ? [`${packageName} ${versionOf(packageName)}`] : [],
  );
  const text = [
    '# Messages: side by side',
    'Written by `npm run bench`.',
    `${packages.join(', ')}; React ${versionOf('react')}; ws ${versionOf('ws')}; Chromium ${chromium}; ` +
      `Node ${process.versions.node}; ${cpus().length} cores.`,
    ...reading,
    ...chapters.flatMap(({ title, about, cells }) => [`## ${title}`, about, markdownTable(cells)]),
  ].join('\n\n');
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
}
