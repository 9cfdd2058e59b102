import { afterAll, describe, expect, it } from 'vitest';
import { RECIPE_LIMIT, servers } from './catalog.js';
import { GUIDE, type MeasuredServer, writeGuide } from './guide.js';
import { measureBehaviour, measureIdle } from './measure.js';
import { killAll } from './processes.js';

afterAll(killAll);

const measured = new Map<string, MeasuredServer>();

describe.concurrent('a real server', () => {
  it.each(servers)(
    'restarts with 1012 and rejects binary messages with 1003 when it follows the recipe: $name',
    async (server) => {
      const { name, plain, recipe, limit, idle } = server;
      const result: MeasuredServer = {
        server,
        plain: await measureBehaviour(plain, limit),
        idle: idle === null ? '' : await measureIdle(idle.program),
        recipe: await measureBehaviour(recipe, RECIPE_LIMIT),
      };
      measured.set(name, result);
      expect(result.recipe).toEqual({
        stop: '1012, clean; reconnects',
        binary: '1003, clean; `failed` (`contract`)',
        tooBig: 'more than 1 MiB: 1009, clean; `failed` (`contract`)',
      });
    },
  );
});

/** To write the page again: `npx vitest run --project servers -u`. */
it('does what the guide says', async () => {
  const results = servers.map(({ name }) => measured.get(name));
  expect(results, 'every server has been measured').not.toContain(undefined);
  const page = await writeGuide(results.filter((result) => result !== undefined));
  await expect(page).toMatchFileSnapshot(GUIDE);
});
