/** The React Compiler as a plugin of Vite. */
import { type PluginItem, transformAsync } from '@babel/core';
import compiler, { type LoggerEvent, type PluginOptions } from 'babel-plugin-react-compiler';
import type { Plugin } from 'vite';

/** A compiled module, which still contains types and JSX. */
export interface Compiled {
  readonly code: string;
  readonly map: object | null;
  /** The report of the compiler on each component and hook. */
  readonly events: readonly LoggerEvent[];
}

/** Compiles the components and hooks of a module. The compiler leaves those unchanged that it cannot compile. */
export async function compile(source: string, filename: string): Promise<Compiled> {
  const events: LoggerEvent[] = [];
  const options: Partial<PluginOptions> = {
    target: '19',
    logger: { logEvent: (_, event) => events.push(event) },
  };
  const plugin: PluginItem = [compiler, options];
  const result = await transformAsync(source, {
    filename,
    plugins: [plugin],
    parserOpts: { plugins: ['typescript', 'jsx'] },
    babelrc: false,
    configFile: false,
    sourceMaps: true,
  });
  if (!result?.code) throw new Error(`Babel produced no code for ${filename}.`);
  return { code: result.code, map: result.map ?? null, events };
}

/**
 * Compiles the hooks of the library and the components of their tests. The compiler leaves components unchanged
 * that count their own renders.
 */
export function reactCompiler(): Plugin {
  return {
    name: 'react-compiler',
    enforce: 'pre',
    async transform(source, id) {
      if (!/\/(src\/react|test\/(compiler|react|scenario|support))\/[^?]*\.tsx?$/.test(id)) return null;
      const { code, map } = await compile(source, id);
      return { code, map: map as never };
    },
  };
}
