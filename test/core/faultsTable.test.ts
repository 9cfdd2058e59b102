import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { networkFaults, pageFaults, serverFaults } from '../../stories/guide/faults.js';

const read = (path: string): string => readFileSync(path, 'utf8');
const faults = [...serverFaults, ...networkFaults, ...pageFaults];
const tests = ['test/faults/faults.test.ts', 'test/faults/network.test.ts', 'test/pages/pages.test.ts'].map(
  read,
);

describe('the table of faults in the guide', () => {
  it.each(faults)('names an existing test for: $fault', ({ test }) => {
    expect(
      tests.some((text) => text.includes(`'${test}'`) || text.includes(`"${test}"`)),
      test,
    ).toBe(true);
  });

  it('contains every test of a fault', () => {
    const names = tests.flatMap((text) =>
      [...text.matchAll(/\bit\(\s*(['"])(.+?)\1,/g)].map((match) => match[2]),
    );
    expect(faults.map(({ test }) => test)).toEqual(
      expect.arrayContaining(names.filter((name) => !covered.has(name ?? ''))),
    );
  });
});

/** Tests that the table leaves out: faults that it lists already without a browser, and tests without a fault. */
const covered = new Set([
  'reconnects after the server process was killed',
  'detects a stopped server by its heartbeat and reconnects once the server continues',
  'handles and reduces every message of a burst of 20,000 and renders at most once per frame',
]);

it('uses no Markdown table in MDX files, because MDX would show it as text', () => {
  const pages = readdirSync('stories', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.mdx'),
  );
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) expect(read(`stories/${page}`), page).not.toMatch(/^\|/m);
});
