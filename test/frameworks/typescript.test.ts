// The types of the packed library, from TypeScript 5.0 to the newest, by every way to resolve modules.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, installApp } from './app.js';

/** 5.0 is the oldest that is supported, 5.3 lacks `NoInfer`, 5.6 generic typed arrays, 7.0 `node10`. */
const versions = ['5.0', '5.3', '5.6', '6.0', '7.0'];

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
