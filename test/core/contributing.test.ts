// @vitest-environment node
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup.mjs';

const page = readFileSync(join(root, '.github/CONTRIBUTING.md'), 'utf8');

/** The paths in backticks that begin with a folder of this repository. */
const paths = [...page.matchAll(/`([^`\n]+)`/g)]
  .flatMap(([, code]) => code!.split(' '))
  .filter((word) => /^(?:src|test|stories|bench|\.\w+)\//.test(word));

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join(root, 'src', file));

/** The files of `src` that a file imports from, types included. */
function importsOf(file: string): string[] {
  const targets = [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']+)\.js'/g)];
  return targets.map(([, target]) => {
    const stem = join(dirname(file), target!);
    const found = sources.find((source) => source === `${stem}.ts` || source === `${stem}.tsx`);
    if (found === undefined) throw new Error(`${file} imports ${stem}, which does not exist`);
    return found;
  });
}

/** The first circle of imports that is reached from these files, or `null`. */
function findCircle(files: readonly string[], way: readonly string[], done: Set<string>): string[] | null {
  for (const file of files) {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) continue;
    const circle = findCircle(importsOf(file), [...way, file], done);
    if (circle) return circle;
    done.add(file);
  }
  return null;
}

describe('the page for contributors', () => {
  it('names many files', () => {
    expect(paths.length).toBeGreaterThan(30);
  });

  it.each([...new Set(paths)])('names %s, which exists', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });
});

describe('the files of src', () => {
  it('import each other without a circle, types included', () => {
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(100);
    const circle = findCircle(sources, [], new Set());
    expect(circle?.map((file) => relative(root, file)) ?? []).toEqual([]);
  });

  it.each(sources.map((file) => relative(root, file)))('%s has at most 260 lines', (file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    expect(lines).toBeLessThanOrEqual(260);
  });
});
