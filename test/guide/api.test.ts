// @vitest-environment node
import { expect, it } from 'vitest';
import { apiReference } from './apiReference.js';
import { expectCurrent } from './updatePage.js';

const reference = apiReference();

it('is current in the guide', async () => {
  await expectCurrent('stories/guide/api.md', reference);
}, 30_000);

it('describes every export with a sentence', () => {
  const sections = reference.split(/^### /m).slice(1);
  expect(sections.length).toBeGreaterThan(40);
  const undocumented = sections.filter((section) => !/^\w+\n\n[A-Z][^]*\./.test(section));
  expect(undocumented.map((section) => section.split('\n')[0])).toEqual([]);
});
