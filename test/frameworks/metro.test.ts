// Metro, the bundler of React Native, finds every entry, whether it reads `exports` (since React Native 0.79) or not.
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import { type App, installApp } from './app.js';

/** The entries by the names that `apps/metro/entries.js` gives them. */
const entries = Object.keys(pkg.exports)
  .filter((path) => path !== './package.json')
  .map((path) => (path === '.' ? 'main' : path.slice('./'.length)));

describe('Metro', () => {
  let app: App;
  beforeAll(() => {
    app = installApp('metro');
  });

  /** What a script prints as JSON. */
  const evaluate = (file: string): unknown => {
    const { stdout, stderr } = spawnSync(process.execPath, [file], { cwd: app.folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  };

  it.each([
    ['that reads exports', true],
    ['that does not read exports', false],
  ])('%s bundles every entry, and the core once', (_, isReadingExports) => {
    const args = ['--platform', 'ios', '--minify', 'false', '--config', 'metro.config.cjs', '--reset-cache'];
    const { status, output } = app.run('metro', ['build', 'entries.mjs', '--out', 'bundle.js', ...args], {
      PACKAGE_EXPORTS: String(isReadingExports),
    });
    expect(status, output).toBe(0);

    const bundled = evaluate('bundle.js') as { readonly names: object };
    expect(Object.keys(bundled.names).sort()).toEqual(entries.sort());
    // As Node finds them.
    expect(bundled).toEqual(evaluate('entries.mjs'));
    expect(bundled).toMatchObject({ hasOneClass: true });
  });
});
