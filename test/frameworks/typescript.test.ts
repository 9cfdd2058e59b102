// The types of the packed library, in TypeScript 6 and 7, by every way to resolve modules.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, installApp } from './app.js';

/** 7.0 has no `node10` any more. */
const versions = ['6.0', '7.0'];

const modules = { node10: 'CommonJS', node16: 'Node16', bundler: 'ESNext' } as const;

const cases = versions.flatMap((version) =>
  (['node10', 'node16', 'bundler'] as const)
    .filter((moduleResolution) => version !== '7.0' || moduleResolution !== 'node10')
    .map((moduleResolution) => [version, moduleResolution] as const),
);

describe('TypeScript', () => {
  let app: App;
  beforeAll(() => {
    app = installApp('typescript');
  });

  it.each(cases)('%s with %s checks an application', (version, moduleResolution) => {
    const config = join(app.folder, 'tsconfig.json');
    const compilerOptions = {
      module: modules[moduleResolution],
      moduleResolution,
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
