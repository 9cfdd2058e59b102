// @vitest-environment node
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { root } from '../setup.mjs';

/** An application that renders the devtools under the usual condition, bundled for a mode. */
async function bundleFor(mode: 'development' | 'production'): Promise<string> {
  const contents = `
    import { createElement } from 'react';
    import { WebSocketDevtools, WebSocketInspector } from './src/devtools/index.js';
    import { useWebSocket } from './src/index.js';
    export function App() {
      const socket = useWebSocket('wss://a.example/');
      return [
        process.env.NODE_ENV !== 'production' && createElement(WebSocketDevtools),
        process.env.NODE_ENV !== 'production' && createElement(WebSocketInspector, { source: socket }),
      ];
    }`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external: ['react', 'react/*'],
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    write: false,
  });
  return outputFiles[0]!.text;
}

/** Texts of the devtools that minifying keeps. */
const traces = ['rwh-', 'devtools', 'Devtools', 'Timeline of', 'light-dark'];

describe('an application with devtools', () => {
  it('contains them in development', async () => {
    const bundle = await bundleFor('development');
    for (const trace of traces) expect(bundle).toContain(trace);
  });

  it('contains nothing of them in production', async () => {
    const bundle = await bundleFor('production');
    expect(bundle).toContain('wss://a.example/');
    for (const trace of traces) expect(bundle).not.toContain(trace);
  });
});
