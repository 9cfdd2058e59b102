import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import config from '../../rollup.config.js';
import { root } from '../setup.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** Builds the ES modules of the package as for a release, but not into `dist`, which other lanes use. */
async function buildPackage() {
  const dir = join(root, 'node_modules/.cache/browsers');
  const [codeConfig] = config;
  const plugins = codeConfig.plugins.filter(({ name }) => name !== 'clean-dist');
  const bundle = await rollup({ ...codeConfig, plugins });
  await bundle.write({ ...codeConfig.output.find(({ format }) => format === 'es'), dir });
  await bundle.close();
  return join(dir, 'index.js');
}

/**
 * Bundles the page under test with the built package: once for production, once for development.
 *
 * @returns {Promise<{ production: string; development: string }>} the source of each script
 */
export async function buildPage() {
  const index = await buildPackage();
  const useBuiltPackage = {
    name: 'use-built-package',
    setup({ onResolve }) {
      onResolve({ filter: /\/src\/index\.js$/ }, () => ({ path: index }));
    },
  };
  const bundle = async (mode) => {
    const { outputFiles } = await build({
      entryPoints: [join(here, 'app.tsx')],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
      plugins: [useBuiltPackage],
    });
    return outputFiles[0].text;
  };
  return { production: await bundle('production'), development: await bundle('development') };
}
