// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { pages, readPage } from './pages.js';
import { generatedParts } from './tables.js';
import { expectCurrent } from './updatePage.js';

const PART = /(<!-- generated: ([^>]+) -->\n).*?(<!-- end of \2 -->)/gs;

describe('the generated parts of README and the guide', () => {
  it.each(pages.filter((page) => readPage(page).match(PART)))(
    'are current in %s',
    async (page) => {
      const text = readPage(page);
      const written = text.replace(PART, (_, begin: string, name: string, end: string) => {
        const part = generatedParts[name];
        if (!part)
          throw new Error(`${page} contains the generated part "${name}", which tables.ts does not know.`);
        return `${begin}\n${part()}\n\n${end}`;
      });
      await expectCurrent(page, written);
    },
    30_000,
  );

  it('each appear on a page', () => {
    const used = pages.flatMap((page) => [...readPage(page).matchAll(PART)].map(([, , name]) => name));
    expect(new Set(used)).toEqual(new Set(Object.keys(generatedParts)));
  });
});
