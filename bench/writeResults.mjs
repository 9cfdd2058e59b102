import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { names } from './implementations/names.mjs';
import { versionOf } from './comparedPackages.mjs';
import { markdownTable, textTable } from './table.mjs';

/**
 * A section of RESULTS.md.
 *
 * @typedef {{ title: string; description: string; cells: import('./table.mjs').Cells }} Section
 */

/** @returns {Section} */
export const createSection = ({ title, description, columns }, { rows, sizes, rounds }) => ({
  title: title(formatSizes(sizes)),
  description: `${description} ${rounds} ${rounds === 1 ? 'round' : 'rounds'}.`,
  cells: [
    ['', ...columns.map((column) => column.title)],
    ...rows.map((row) => [row.name, ...columns.map((column) => column.show(row, rows))]),
  ],
});

const formatSizes = (sizes) =>
  Object.fromEntries(Object.entries(sizes).map(([name, value]) => [name, value.toLocaleString('en-US')]));

/** @returns {Section} */
export const createSizeSection = (rows) => ({
  title: 'Bundle size',
  description: 'Bytes of an import with its dependencies, without React; minified for ES2022.',
  cells: [
    ['', 'minified', 'gzip'],
    ...rows.map(({ name, minified, gzip }) => [
      name,
      minified.toLocaleString('en-US'),
      gzip.toLocaleString('en-US'),
    ]),
  ],
});

/** @returns {Section} */
export const createTargetSection = (targets) => ({
  title: 'Targets',
  description: 'Measured values are the medians, except that counts are the worst of all rounds.',
  cells: [
    ['', 'target', 'measured', 'met'],
    ...targets.map(({ what, target, measured, isMet }) => [what, target, measured, isMet ? 'yes' : '**no**']),
  ],
});

/** @param {Section} section */
export function printSection({ title, description, cells }) {
  console.log(`\n${title}\n${description}\n\n${textTable(cells)}`);
}

const introduction = [
  'A ratio compares measurements of the same round, each in a new page; the tables show the median of all rounds and the quartiles in brackets. Compare the ratios: times in microseconds depend on the machine and show only the order of magnitude.',
  '**Script time** is the time that Chromium reports for scripts (`ScriptDuration`). **Main thread** is the CPU time of the main thread of the page, as reported by the operating system: receiving messages, scripts, layout and garbage collection.',
  'The page is a production build in which all implementations use the same React; every measurement follows a warm-up. The server is `ws` without compression, in another process on the same machine.',
];

/** Writes RESULTS.md. */
export async function writeResults(sections, { chromium }) {
  const file = fileURLToPath(new URL('RESULTS.md', import.meta.url));
  const packages = Object.values(names).flatMap(({ packageName }) =>
    packageName ? [`${packageName} ${versionOf(packageName)}`] : [],
  );
  const text = [
    '# Benchmark results',
    'Written by `npm run bench`.',
    `${packages.join(', ')}; React ${versionOf('react')}; ws ${versionOf('ws')}; Chromium ${chromium}; ` +
      `Node ${process.versions.node}; ${cpus().length} cores.`,
    ...introduction,
    ...sections.flatMap(({ title, description, cells }) => [
      `## ${title}`,
      description,
      markdownTable(cells),
    ]),
  ].join('\n\n');
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'markdown' }));
}
