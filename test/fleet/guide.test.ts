import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

it('quotes only figures that the simulator printed', () => {
  const printed = [...read('../../bench/fleet/RESULTS.md').matchAll(/^\|(.+)\|$/gm)].map(([, row]) =>
    row!.split('|').map((cell) => cell.trim()),
  );
  const quoted = [
    ...read('../../stories/guide/ChoosingAPolicy.mdx').matchAll(/\['([^']+)'((?:, '[\d.,]+')+)\]/g),
  ].map(([, name, cells]) => [name!, ...[...cells!.matchAll(/'([^']+)'/g)].map(([, cell]) => cell!)]);

  expect(quoted.length).toBeGreaterThan(10);
  for (const row of quoted) {
    const found = printed.some((cells) => cells[0] === row[0] && row.every((cell) => cells.includes(cell)));
    expect(found, row.join(', ')).toBe(true);
  }
});
