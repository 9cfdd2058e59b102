import { join } from 'node:path';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import config from '../rollup.config.js';
import { root } from '../test/setup.mjs';

const cache = join(root, 'node_modules/.cache/bench');
const peers = join(root, 'bench/node_modules');

/** One React for all: that of the peers. */
const oneReact = Object.fromEntries(
  ['react', 'react-dom', 'use-sync-external-store'].map((name) => [name, join(peers, name)]),
);

/** Builds the library as it is published, without types, into a folder that nobody else uses. */
async function buildLibrary() {
  const [code] = config;
  const { output } = code;
  // What is in `dist` is somebody else's.
  const plugins = code.plugins.filter(({ name }) => name !== 'start-afresh');
  const bundle = await rollup({ ...code, plugins });
  await bundle.write({ ...output.find(({ format }) => format === 'es'), dir: join(cache, 'library') });
  await bundle.close();
  return { index: join(cache, 'library/index.js'), core: join(cache, 'library/core.js') };
}

/** Builds the library, the page and the scripts for Node; returns where they are. */
export async function buildAll() {
  const library = await buildLibrary();
  const options = {
    bundle: true,
    minify: true,
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: { ...oneReact, 'react-websocket-hooks': library.index },
    logLevel: 'warning',
  };
  const page = join(cache, 'page.js');
  const names = ['burst', 'mounting', 'hooks', 'connections'];
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
