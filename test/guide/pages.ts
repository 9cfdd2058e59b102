import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';

/** The Markdown files that readers see, relative to the root: README.md and the pages of the guide. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(join(root, 'stories/guide'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `stories/guide/${file}`),
];

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}
