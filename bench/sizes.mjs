import { join } from 'node:path';
import { root } from '../test/setup.mjs';
import { bundleSize } from '../test/size/bundleSize.mjs';
import { names } from './implementations/names.mjs';

const folder = join(root, 'bench');

/** What an application can import of this library, with the target of its size in bytes, gzip. */
const imports = [
  { name: 'useWebSocket', code: "export { useWebSocket } from 'react-websocket-hooks';", target: 9_000 },
  { name: 'everything', code: "export * from 'react-websocket-hooks';", target: 10_200 },
  {
    name: 'createConnection',
    code: "export { createConnection } from 'react-websocket-hooks/core';",
    target: 7_400,
  },
];

/** Measures the bundle sizes of this library and of the compared packages, with dependencies and without React. */
export async function measureSizes(library) {
  const withLibrary = (code) =>
    code.replaceAll(/'react-websocket-hooks(\/core)?'/g, (_, core) =>
      JSON.stringify(core ? library.core : library.index),
    );
  const rows = [];
  for (const { name, code, target } of imports) {
    const size = await bundleSize(withLibrary(code), folder);
    rows.push({ name: `${names.ours.name}: ${name}`, ...size, target });
  }
  for (const { name, packageName, imports: code } of Object.values(names)) {
    if (packageName && code) rows.push({ name, ...(await bundleSize(code, folder)) });
  }
  return rows;
}
