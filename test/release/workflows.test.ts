import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup.mjs';

const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
}));

describe.each(workflows)('The workflow $name', ({ text }) => {
  it('pins every action by the full hash of a commit, with its version beside it', () => {
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('has no permission but those that a job asks for', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).not.toMatch(/write-all|contents: write/);
    const jobs = text.match(/^ {4}runs-on:/gm) ?? [];
    expect(text.match(/^ {4}permissions:$/gm)).toHaveLength(jobs.length);
  });

  it('runs the tests where they can install and measure everything: in a container of Debian 12, as root', () => {
    for (const job of text.split(/^ {2}(?=\w+:$)/m).filter((part) => part.includes('run: .ci/run'))) {
      expect(job).toMatch(/^ {6}image: node:20-bookworm$/m);
      expect(job).toMatch(/^ {6}options: .*--privileged/m);
    }
  });

  it('leaves no token behind in the checkout', () => {
    const checkouts = text.match(/actions\/checkout@/g) ?? [];
    expect(text.match(/persist-credentials: false/g) ?? []).toHaveLength(checkouts.length);
  });
});

it('Tests run before every merge and every release', () => {
  const testing = workflows.filter(({ text }) => text.includes('run: .ci/run')).map(({ name }) => name);
  expect(testing.sort()).toEqual(['ci.yml', 'release.yml']);
});
