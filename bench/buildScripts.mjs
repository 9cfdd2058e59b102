import { join } from 'node:path';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import config from '../rollup.config.js';
import { root } from '../test/setup.mjs';

const cache = join(root, 'node_modules/.cache/bench');
const packages = join(root, 'bench/node_modules');

/** All implementations use the same React. */
const sameReact = Object.fromEntries(
  ['react', 'react-dom', 'use-sync-external-store'].map((name) => [name, join(packages, name)]),
);

/** Builds the library as it is published, without types, into a folder of the benchmark. */
async function buildLibrary() {
  const [codeConfig] = config;
  const { output } = codeConfig;
  // This plugin empties `dist`, which the benchmark does not use.
  const plugins = codeConfig.plugins.filter(({ name }) => name !== 'clean-dist');
  const bundle = await rollup({ ...codeConfig, plugins });
  await bundle.write({ ...output.find(({ format }) => format === 'es'), dir: join(cache, 'library') });
  await bundle.close();
  return { index: join(cache, 'library/index.js'), core: join(cache, 'library/core.js') };
}

/** Builds the library, the script of the page and the scripts for Node; returns the paths of the files. */
export async function buildAll() {
  const library = await buildLibrary();
  const options = {
    bundle: true,
    minify: true,
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: { ...sameReact, 'react-websocket-hooks': library.index },
    logLevel: 'warning',
  };
  const page = join(cache, 'page.js');
  const names = ['burst', 'mountingWithConnections', 'hookMemory', 'connectionMemory'];
  const scripts = Object.fromEntries(names.map((name) => [name, join(cache, `node/${name}.mjs`)]));
  await build({
    ...options,
    entryPoints: [join(root, 'bench/page/index.js')],
    outfile: page,
    format: 'iife',
  });
  await build({
    ...options,
    entryPoints: names.map((name) => join(root, `bench/node/${name}.js`)),
    outdir: join(cache, 'node'),
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'browser',
  });
  return { library, page, scripts };
}
