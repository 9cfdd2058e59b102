// The types of the packed library, in TypeScript 6 and 7, by every way to resolve modules.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, installApp } from './app.js';

/** 7.0 has no `node10` any more. */
const versions = ['6.0', '7.0'];

const resolutions = [
  { moduleResolution: 'node10', module: 'CommonJS' },
  { moduleResolution: 'node16', module: 'Node16' },
  { moduleResolution: 'bundler', module: 'ESNext' },
];

const cases = versions
  .flatMap((version) => resolutions.map((resolution) => ({ version, ...resolution })))
  .filter(({ version, moduleResolution }) => version !== '7.0' || moduleResolution !== 'node10');

describe('TypeScript', () => {
  let app: App;
  beforeAll(() => {
    app = installApp('typescript');
  });

  it.each(cases)('$version with $moduleResolution checks an application', ({ version, ...resolution }) => {
    const config = join(app.folder, 'tsconfig.json');
    const compilerOptions = {
      ...resolution,
      ...(version === '6.0' && { ignoreDeprecations: '6.0' }),
      target: 'ES2020',
      lib: ['ES2020', 'DOM', 'DOM.Iterable'],
      jsx: 'react-jsx',
      strict: true,
      exactOptionalPropertyTypes: true,
      esModuleInterop: true,
      skipLibCheck: false,
      noEmit: true,
      types: [],
    };
    writeFileSync(config, JSON.stringify({ compilerOptions, include: ['*.ts', '*.tsx'] }));
    const { status, output } = app.run(`typescript-${version}`, ['-p', config]);
    expect(status, output).toBe(0);
  });
});
