import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Measures what an import adds to an application: bundled, minified for ES2022 and compressed, without React.
 *
 * @param {string} code a module that exports what to measure
 * @param {string} resolveDir the folder that imports are resolved from
 * @returns {Promise<{ minified: number; gzip: number }>} bytes
 */
export async function bundleSize(code, resolveDir) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    external: ['react', 'react-dom', 'react/*', 'react-dom/*'],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    write: false,
  });
  const bytes = outputFiles[0].contents;
  return { minified: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}
