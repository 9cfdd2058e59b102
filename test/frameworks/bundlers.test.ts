// Applications that bundlers build from the packed library, opened in Chromium.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, installApp } from './app.js';
import { playQuotes, serveFolder, openChromium } from './browser.js';

openChromium();

const readScripts = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

describe('Vite with the React Compiler', () => {
  let app: App;
  beforeAll(() => {
    app = installApp('vite');
  });

  it('builds an application for ES2020 that works', async () => {
    const { status, output } = app.run('vite', ['build']);
    expect(status, output).toBe(0);
    const script = readScripts(join(app.folder, 'dist'));
    // The compiled components keep their values in a cache of this module.
    expect(script).toContain('react-compiler-runtime');
    const { code } = await transform(script, { target: 'es2020' });
    expect(code === (await transform(script, { target: 'esnext' })).code).toBe(true);
    await playQuotes(await serveFolder(join(app.folder, 'dist')));
  });
});

describe('webpack 5', () => {
  let app: App;
  beforeAll(() => {
    app = installApp('webpack');
  });

  it('builds an application that works, without a warning', async () => {
    const { status, output } = app.run('webpack', ['build', '--fail-on-warnings']);
    expect(status, output).toBe(0);
    await playQuotes(await serveFolder(app.folder));
  });
});

describe('Parcel', () => {
  let app: App;
  beforeAll(() => {
    app = installApp('parcel');
  });

  it.each([
    ['that does not read exports (the default)', false],
    ['that reads exports', true],
  ])('%s builds an application that works', async (_, packageExports) => {
    const file = join(app.folder, 'package.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...manifest, '@parcel/resolver-default': { packageExports } }));
    const { status, output } = app.run('parcel', ['build', 'index.html', '--no-autoinstall', '--no-cache']);
    expect(status, output).toBe(0);
    await playQuotes(await serveFolder(join(app.folder, 'dist')));
  });
});
