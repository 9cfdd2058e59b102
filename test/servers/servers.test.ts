import { afterAll, describe, expect, it } from 'vitest';
import { RECIPE_LIMIT, servers } from './catalog.js';
import { GUIDE, type MeasuredServer, writeGuide } from './guide.js';
import { measureBehaviour, measureIdle } from './measure.js';
import { cleanUp } from './processes.js';

afterAll(cleanUp);

const measured = new Map<string, MeasuredServer>();

describe.concurrent('a real server', () => {
  it.each(servers)('behaves as measured before, and follows its recipe: $name', async (server) => {
    const { name, plain, recipe, idle } = server;
    const result: MeasuredServer = {
      server,
      plain: await measureBehaviour(plain, server),
      idle: await measureIdle(idle),
      recipe: recipe === undefined ? null : await measureBehaviour(recipe.program, { limit: RECIPE_LIMIT }),
    };
    measured.set(name, result);
    if (result.recipe === null) return;
    expect(result.recipe).toEqual({
      stop: '1012; reconnects',
      binary: '1003; `failed` (`contract`)',
      tooBig: 'more than 1 MiB: 1009; `failed` (`contract`)',
    });
  });
});

/** To write the page again: `npx vitest run --project servers -u`. */
it('does what the guide says', async () => {
  const results = servers.map(({ name }) => measured.get(name));
  expect(results, 'every server has been measured').not.toContain(undefined);
  const page = await writeGuide(results.filter((result) => result !== undefined));
  await expect(page).toMatchFileSnapshot(GUIDE);
});
