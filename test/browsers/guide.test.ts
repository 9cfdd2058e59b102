import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { type Row, rows, sections } from './expectedResults.js';

const PAGE = fileURLToPath(new URL('../../stories/guide/browsers.md', import.meta.url));
const GENERATED = /(?<=<!-- generated: begin -->\n).*(?=<!-- generated: end -->)/s;

function writeTable({ title, rows: names }: (typeof sections)[number]): string {
  const lines = names.map((name) => {
    const { scenario, expected }: Row = rows[name];
    return `| ${scenario} | ${expected.chromium} | ${expected.firefox} | ${expected.webkit} |`;
  });
  return [
    `### ${title}`,
    '',
    '| Scenario | Chromium | Firefox ESR | WebKitGTK |',
    '|---|---|---|---|',
    ...lines,
  ].join('\n');
}

it('prints every scenario once, without an empty cell', () => {
  expect(sections.flatMap((section) => section.rows).sort()).toEqual(Object.keys(rows).sort());
  for (const { scenario, expected } of Object.values<Row>(rows)) {
    for (const cell of [scenario, ...Object.values(expected)]) expect(cell.trim()).not.toBe('');
  }
});

it('prints in the guide what the tests expect', async () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toMatch(GENERATED);
  const tables = sections.map(writeTable).join('\n\n');
  const written = page.replace(GENERATED, () => `\n${tables}\n\n`);
  const current = await format(written, { ...(await resolveConfig(PAGE)), filepath: PAGE });
  if (current !== page && process.env.CI === undefined) {
    writeFileSync(PAGE, current);
    expect.fail(`${PAGE} was out of date. It has been written again: commit it.`);
  }
  expect(page).toBe(current);
});
