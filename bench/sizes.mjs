import { join } from 'node:path';
import { root } from '../test/setup.mjs';
import { bundleSize } from '../test/size/bundleSize.mjs';
import { names } from './contestants/names.mjs';

const folder = join(root, 'bench');

/** What an application can import, and the limits that the library sets itself, in bytes. */
const parts = [
  { name: 'useWebSocket', code: "export { useWebSocket } from 'react-websocket-hooks';", limit: 6_500 },
  { name: 'everything', code: "export * from 'react-websocket-hooks';", limit: 8_000 },
  {
    name: 'createConnection',
    code: "export { createConnection } from 'react-websocket-hooks/core';",
    limit: 5_000,
  },
];

/** Bytes of what has to be imported, with what that imports, without React. */
export async function measureSizes(library) {
  const withLibrary = (code) =>
    code.replaceAll(/'react-websocket-hooks(\/core)?'/g, (_, core) =>
      JSON.stringify(core ? library.core : library.index),
    );
  const rows = [];
  for (const { name, code, limit } of parts) {
    const size = await bundleSize(withLibrary(code), folder);
    rows.push({ name: `${names.ours.name}: ${name}`, ...size, limit });
  }
  for (const { name, packageName, imports } of Object.values(names)) {
    if (packageName && imports) rows.push({ name, ...(await bundleSize(imports, folder)) });
  }
  return rows;
}
