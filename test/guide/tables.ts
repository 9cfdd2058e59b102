import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as closeCodeExports from '../../src/closeCodes/index.js';
import * as core from '../../src/core/index.js';
import * as devtools from '../../src/devtools/index.js';
import * as main from '../../src/index.js';
import * as testing from '../../src/testing/index.js';
import { type Fault, networkFaults, pageFaults, serverFaults } from '../../stories/guide/faults.js';
import {
  callbacks,
  dropReasons,
  errorKinds,
  options,
  sendResults,
  states,
} from '../../stories/guide/options.js';
import { root } from '../setup.mjs';

const { closeCodes, compareCloseCodes, describeCloseCode } = closeCodeExports;
type CloseCodeEntry = closeCodeExports.CloseCodeEntry;

/** Writes a Markdown table. Prettier aligns its columns later. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The registered codes and one row for each range, with the first column as it is shown. */
const codesAndRanges: readonly (readonly [string, CloseCodeEntry])[] = [
  ...closeCodes.map((entry) => [String(entry.code), entry] as const),
  ['other 3000–3999', describeCloseCode(3999)],
  ['4000–4999', describeCloseCode(4999)],
];

const otherCodes: readonly (readonly [string, CloseCodeEntry])[] = [
  ['0–999', describeCloseCode(999)],
  ['1016–2999', describeCloseCode(1016)],
  ['Other 3000–3999', describeCloseCode(3999)],
  ['4000–4999', describeCloseCode(4999)],
  ['5000–65535', describeCloseCode(5000)],
];

/** The data is plain text. In Markdown, what is code in it is marked as code, which also keeps `5_000` as it is. */
function withCode(text: string): string {
  return text.replace(
    /(?:\breconnect: )?\{.*\}|\b[\w.]+\(\)|\b[A-Za-z]\w+\.[a-z]\w+(?:\.\w+)*(?:\[\d+\])?/g,
    '`$&`',
  );
}

function describeCode(title: string, { summary, whenYouSeeIt, howToFix, rule }: CloseCodeEntry): string {
  return [
    `### ${title}`,
    summary,
    `- **When you see it:** ${withCode(whenYouSeeIt)}\n- **How to fix it:** ${withCode(howToFix)}\n- **What the connection does:** ${rule}`,
  ].join('\n\n');
}

function entryTable(
  columns: readonly string[],
  entries: Readonly<Record<string, string | readonly string[]>>,
  quote = "'",
): string {
  return markdownTable(
    columns,
    Object.entries(entries).map(([name, text]) => [`\`${quote}${name}${quote}\``, ...[text].flat()]),
  );
}

function faultTable(faults: readonly Fault[]): string {
  return markdownTable(
    ['What happens', 'What the user sees', 'Connected again', 'Test'],
    faults.map(({ fault, seen, back, test }) => [fault, seen, back, test]),
  );
}

/** The cells of all tables under a heading, the header first. */
function tableUnder(file: string, heading: string): string[][] {
  const text = readFileSync(join(root, file), 'utf8');
  const [, chapter = ''] = text.split(`## ${heading}\n`);
  const [section = ''] = chapter.split(/^## /m);
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Rows and columns of a table that a benchmark has printed. `rows` maps the printed name to the one to show. */
function quoteTable(
  file: string,
  heading: string,
  what: string,
  rows: Readonly<Record<string, string>>,
  columns: Readonly<Record<string, string>>,
): string {
  const [header = [], , ...printed] = tableUnder(file, heading);
  const indexes = Object.keys(columns).map((column) => {
    const index = header.indexOf(column);
    if (index < 0) throw new Error(`${file} has no column "${column}" under "${heading}".`);
    return index;
  });
  const quoted = Object.entries(rows).map(([name, label]) => {
    const row = printed.find(([first]) => first === name);
    if (!row) throw new Error(`${file} has no row "${name}" under "${heading}".`);
    return [label, ...indexes.map((index) => row[index]!.replace(/ \([^)]*\)$/, ''))];
  });
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const alignment = ['---', ...indexes.map(() => '---:')];
  return [line([what, ...Object.values(columns)]), line(alignment), ...quoted.map(line)].join('\n');
}

const FLEET = 'bench/fleet/RESULTS.md';
const FLEET_COLUMNS = {
  'peak/100 ms': 'Peak in 100 ms',
  attempts: 'Attempts',
  'all back': 'All back after (s)',
};
const asPrinted = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

/** The pages of the guide in the order of the sidebar: the title of each, and its file. */
export function guidePages(): readonly (readonly [title: string, file: string])[] {
  const folder = join(root, 'stories/guide');
  const preview = readFileSync(join(root, '.storybook/preview.ts'), 'utf8');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const title = /<Meta title="Guide\/([^"]+)"/.exec(text)?.[1] ?? '';
      const page = /from '\.\/([\w-]+\.md)\?raw'/.exec(text)?.[1] ?? '';
      return [title, page] as const;
    })
    .sort(([a], [b]) => preview.indexOf(`'${a}'`) - preview.indexOf(`'${b}'`));
}

/**
 * The generated parts of README.md and of the guide, by name. A page contains one as
 * `<!-- generated: NAME -->` … `<!-- end of NAME -->`; tables.test.ts keeps it current.
 */
export const generatedParts: Readonly<Record<string, () => string>> = {
  states: () => entryTable(['`status`', 'Meaning', 'Fields that are set'], states, ''),
  'close codes': () =>
    markdownTable(
      ['Code', 'Name', 'What it means', 'What the connection does'],
      codesAndRanges.map(([code, { name, summary, rule }]) => [code, name, summary, rule]),
    ),
  'close codes by sender': () =>
    markdownTable(
      ['Code', 'Name', 'Sent by', 'Defined in'],
      closeCodes.map(({ code, name, sentBy, source }) => [
        String(code),
        name,
        sentBy === 'both' ? 'client or server' : sentBy === 'nobody' ? 'never sent' : sentBy,
        source,
      ]),
    ),
  'each close code': () =>
    closeCodes.map((entry) => describeCode(`${entry.code} ${entry.name}`, entry)).join('\n\n'),
  'other close codes': () => otherCodes.map(([range, entry]) => describeCode(range, entry)).join('\n\n'),
  'comparison of 1003 and 1012': () => {
    const { entries, aspects } = compareCloseCodes(1003, 1012);
    return markdownTable(
      ['Question', ...entries.map(({ code, name }) => `${code} ${name}`)],
      aspects.map(({ title, texts }) => [`**${title}**`, ...texts.map(withCode)]),
    );
  },
  'key differences of 1003 and 1012': () =>
    compareCloseCodes(1003, 1012)
      .keyDifferences.map((difference, index) => `${index + 1}. ${withCode(difference)}`)
      .join('\n'),
  options: () => entryTable(['Option', 'Default', 'Meaning'], options, ''),
  callbacks: () => entryTable(['Callback', 'Called'], callbacks, ''),
  'send results': () => entryTable(['Result', 'Meaning'], sendResults),
  'drop reasons': () => entryTable(['Reason', 'Why the message was given up'], dropReasons),
  'error kinds': () => entryTable(['`error.kind`', 'What happened'], errorKinds),
  'server faults': () => faultTable(serverFaults),
  'network faults': () => faultTable(networkFaults),
  'page faults': () => faultTable(pageFaults),
  'fleet: restart': () =>
    quoteTable(
      FLEET,
      'A restart: 10,000 clients',
      'Policy',
      asPrinted(
        'react-websocket-hooks',
        'ours, whole window every time',
        'full jitter, at most 5 s',
        'decorrelated jitter, at most 5 s',
        'socket.io-client 4.8.4',
        'fixed, 5 s',
        'fixed, 1 s',
      ),
      FLEET_COLUMNS,
    ),
  'fleet: slow server': () =>
    quoteTable(
      FLEET,
      'A server that accepts clients slowly: 10,000 clients',
      'Policy',
      asPrinted('react-websocket-hooks', 'ours, 5–30 s'),
      FLEET_COLUMNS,
    ),
  'fleet: failover': () =>
    quoteTable(
      FLEET,
      'A failover: 10,000 clients',
      'Policy',
      asPrinted('react-websocket-hooks', 'ours, 0.25–1 s', 'ours, 5–30 s'),
      {
        'peak/100 ms': 'Peak in 100 ms',
        'all back': 'All back after (s)',
        'mean downtime': 'Mean downtime (s)',
      },
    ),
  'fleet: spread closes': () =>
    quoteTable(
      FLEET,
      'A failover with closes spread over 20 s: 10,000 clients',
      'Policy',
      asPrinted('react-websocket-hooks'),
      {
        'peak/100 ms': 'Peak in 100 ms',
        'mean downtime': 'Mean downtime (s)',
      },
    ),
  'burst benchmark': () =>
    quoteTable(
      'bench/RESULTS.md',
      'A burst of 20,000 messages',
      'State with',
      {
        'react-websocket-hooks: state, every message': '`useMessageReducer`',
        'hand-written hook, useReducer: state, every message': 'hand-written hook with `useReducer`',
        'react-use-websocket: state, newest message': 'react-use-websocket',
        'partysocket/react: state, newest message': 'partysocket/react',
        'hand-written hook, useState: state, newest message': 'hand-written hook with `useState`',
      },
      { seen: 'Messages in state', renders: 'Renders', 'script time vs. bare': 'Script time' },
    ),
  'bundle size': () =>
    quoteTable(
      'bench/RESULTS.md',
      'Bundle size',
      'What you import',
      {
        'react-websocket-hooks: useWebSocket': '`useWebSocket`',
        'react-websocket-hooks: everything': 'everything of the main entry',
        'react-websocket-hooks: createConnection': '`createConnection`, without React',
        'react-use-websocket': 'react-use-websocket, for comparison',
        'partysocket/react': 'partysocket/react, for comparison',
      },
      { minified: 'Minified', gzip: 'With gzip' },
    ),
  exports: () => {
    const names = (module: object, without: object = {}): string =>
      Object.keys(module)
        .sort((a, b) => a.localeCompare(b, 'en'))
        .filter((name) => !(name in without))
        .map((name) => `\`${name}\``)
        .join(', ');
    return markdownTable(
      ['Import', 'Exports'],
      [
        ['`react-websocket-hooks`', `${names(main, core)}, and everything of \`/core\``],
        ['`react-websocket-hooks/core`', names(core)],
        ['`react-websocket-hooks/close-codes`', names(closeCodeExports)],
        ['`react-websocket-hooks/testing`', names(testing)],
        ['`react-websocket-hooks/devtools`', names(devtools)],
      ],
    );
  },
  'guide pages': () =>
    guidePages()
      .map(([title, file]) => `- [${title}](stories/guide/${file})`)
      .join('\n'),
};
