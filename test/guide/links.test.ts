// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup.mjs';
import { pages, readPage } from './pages.js';

/** The anchor that a code host gives to a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const anchorsOf = (page: string): string[] =>
  [...readPage(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

/** As Storybook makes the id of a docs page of its title. */
const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

describe.each(pages)('%s', (page) => {
  const links = [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);

  it('links only to files and headings that exist', () => {
    for (const link of links.filter((target) => !/^https?:/.test(target))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : join(dirname(page), path);
      expect(existsSync(join(root, target)), link).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(target), link).toContain(anchor);
    }
  });
});

describe('the guide in Storybook', () => {
  const guide = pages.filter((page) => page.startsWith('stories/guide/'));
  const wrappers = readdirSync(join(root, 'stories/guide'))
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => readFileSync(join(root, 'stories/guide', file), 'utf8'));

  it.each(guide)('renders %s on a docs page with a matching title', (page) => {
    const file = page.replace('stories/guide/', '');
    const wrapper = wrappers.find((text) => text.includes(`from './${file}?raw'`));
    const title = /<Meta title="([^"]+)"/.exec(wrapper ?? '')?.[1] ?? '';
    expect(idOf(title)).toBe(`guide-${file.replace('.md', '')}`);
  });

  it('lists every page in the order of the sidebar', () => {
    const preview = readFileSync(join(root, '.storybook/preview.ts'), 'utf8');
    for (const wrapper of wrappers) {
      const title = /<Meta title="Guide\/([^"]+)"/.exec(wrapper)?.[1];
      expect(preview).toContain(`'${title}'`);
    }
  });
});
