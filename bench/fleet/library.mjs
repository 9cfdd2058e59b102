import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Bundles the policy of the library from its source code, so that the simulation runs the code that is published.
 *
 * @returns {Promise<string>} the URL of the module
 */
export async function bundleLibrary() {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export { backoff } from './src/core/reconnect/backoff.ts';
        export { decideClose } from './src/core/reconnect/decideClose.ts';
        export { NO_OUTAGE } from './src/core/reconnect/outage.ts';
        export { resolveReconnect, ruleFor } from './src/core/reconnect/reconnectRules.ts';
        export { createConnection } from './src/core/index.ts';
      `,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  const [{ text }] = outputFiles;
  const folder = join(root, 'node_modules/.cache/fleet');
  const file = join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 16)}.mjs`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  return pathToFileURL(file).href;
}

/**
 * @typedef {object} Library the internals that the simulator uses
 * @property {typeof import('../../src/core/reconnect/backoff.js').backoff} backoff
 * @property {typeof import('../../src/core/reconnect/outage.js').NO_OUTAGE} NO_OUTAGE
 * @property {typeof import('../../src/core/reconnect/decideClose.js').decideClose} decideClose
 * @property {typeof import('../../src/core/reconnect/reconnectRules.js').ruleFor} ruleFor
 * @property {typeof import('../../src/core/reconnect/reconnectRules.js').resolveReconnect} resolveReconnect
 * @property {typeof import('../../src/core/index.js').createConnection} createConnection
 */

/** @param {string} url @returns {Promise<Library>} */
export function importLibrary(url) {
  return import(/* @vite-ignore */ url);
}
