import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(path, 'utf8');
const rows = read('stories/guide/Faults.mdx')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (fault|---)/.test(line) && !/^[\s|-]+$/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const tests = ['test/faults/faults.test.ts', 'test/faults/network.test.ts', 'test/pages/pages.test.ts'].map(
  read,
);

describe('the table of faults in the guide', () => {
  it.each(rows)('%s %s has its test', (_empty, fault, _seen, _back, name) => {
    expect(name, fault).toBeTruthy();
    expect(
      tests.some((text) => text.includes(`'${name}'`) || text.includes(`"${name}"`)),
      name,
    ).toBe(true);
  });

  it('leaves out none of the tests', () => {
    const names = tests.flatMap((text) =>
      [...text.matchAll(/\bit\(\s*(['"])(.+?)\1,/g)].map((match) => match[2]),
    );
    expect(rows.map((row) => row[4])).toEqual(
      expect.arrayContaining(names.filter((name) => !covered.has(name ?? ''))),
    );
  });
});

/** Told elsewhere: the same faults in a browser, and what is no fault. */
const covered = new Set([
  'is back after the server process was killed',
  'leaves a stopped server while it is still stopped, by its heartbeat',
  'hears and folds each message of a burst of 20,000, and renders at most once a frame',
]);
