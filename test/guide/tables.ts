import { closeCodes, type CloseCodeEntry, describeCloseCode } from '../../src/closeCodes/index.js';

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

/**
 * The generated parts of README.md and of the guide, by name. A page contains one as
 * `<!-- generated: NAME -->` … `<!-- end of NAME -->`; tables.test.ts keeps it current.
 */
export const generatedParts: Readonly<Record<string, () => string>> = {
  'close codes': () =>
    markdownTable(
      ['Code', 'Name', 'What it means', 'What the connection does'],
      codesAndRanges.map(([code, { name, summary, rule }]) => [code, name, summary, rule]),
    ),
};
