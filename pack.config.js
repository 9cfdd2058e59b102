/**
 * Run by npm before and after it packs. Some tools do not read `exports` (Metro of React Native before 0.79, Jest 27,
 * TypeScript with `node10`) and look for a subpath as a folder of the package. Each one gets a folder with a
 * package.json that points to the build. The folders exist only while npm packs.
 *
 * Metro that reads `exports` finds these folders too, since it takes the package.json that is nearest to the subpath.
 * By `react-native` it then gets ES modules as from the main entry, and not the library a second time as CommonJS.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pkg from './package.json' with { type: 'json' };

const root = import.meta.dirname;
const names = Object.keys(pkg.exports)
  .filter((path) => path !== '.' && path !== './package.json')
  .map((path) => path.slice('./'.length));

for (const name of names) {
  const folder = join(root, name);
  rmSync(folder, { recursive: true, force: true });
  if (process.argv[2] !== 'write') continue;
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    `${JSON.stringify(
      {
        private: true,
        sideEffects: false,
        main: `../dist/${name}.cjs`,
        module: `../dist/${name}.js`,
        types: `../dist/${name}.d.ts`,
        'react-native': `../dist/${name}.js`,
      },
      null,
      2,
    )}\n`,
  );
}
