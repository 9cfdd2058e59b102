/** The React Compiler as a plugin of Vite. */
import { type PluginItem, transformAsync } from '@babel/core';
import compiler, { type LoggerEvent, type PluginOptions } from 'babel-plugin-react-compiler';
import type { Plugin } from 'vite';

/** A module after the compiler, its types and its JSX still in it. */
export interface Compiled {
  readonly code: string;
  readonly map: object | null;
  /** What the compiler says of each component and hook. */
  readonly events: readonly LoggerEvent[];
}

/** Compiles the components and hooks of a module; those that it cannot compile stay as they are. */
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
  if (!result?.code) throw new Error(`Babel made nothing of ${filename}.`);
  return { code: result.code, map: result.map ?? null, events };
}

/**
 * Compiles the hooks of the library, and the components of the tests of the hooks. Those that count their own
 * renders stay as they are, as the compiler leaves such components alone.
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
