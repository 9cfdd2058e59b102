import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as closeCodes from '../../src/closeCodes/index.js';
import * as library from '../../src/index.js';
import * as testing from '../../src/testing/index.js';
import { root } from '../setup.mjs';
import { pages, readPage } from './pages.js';

/** A code block of a page that is type-checked. */
export interface Sample {
  readonly page: string;
  /** The line of the page on which the code begins. */
  readonly line: number;
  readonly code: string;
  /**
   * What the code uses without showing it, from a comment directly above the block:
   * `<!-- sample: declare const url: string -->`.
   */
  readonly setup: string;
}

const BLOCK = /(?:<!-- sample: ([^]*?) -->\n+)?^```(?:tsx?|m?js)\n([^]*?)^```$/gm;

/**
 * The code blocks of README and the guide. The API reference is made of code that is checked already, and the
 * servers among the recipes are run by their own tests.
 */
export const samples: readonly Sample[] = pages
  .filter((page) => !/guide\/(api|server-recipes)\.md$/.test(page))
  .flatMap((page) => {
    const text = readPage(page);
    return [...text.matchAll(BLOCK)].map(({ 0: block, 1: setup = '', 2: code = '', index }) => {
      const begin = index + block.length - code.length - '```'.length;
      return { page, line: text.slice(0, begin).split('\n').length, code, setup };
    });
  });

/** What a sample without imports may use, by module. One with imports has to import all it uses, so that readers can copy it. */
const implicitImports: Readonly<Record<string, readonly string[]>> = {
  'react-websocket-hooks': Object.keys(library),
  'react-websocket-hooks/close-codes': Object.keys(closeCodes),
  'react-websocket-hooks/testing': Object.keys(testing),
  react: ['useEffect', 'useState', 'useRef'],
};

/** One line, so that the lines of the sample keep their distances. */
function preambleOf({ code, setup }: Sample): string {
  const imports = /^import /m.test(code)
    ? []
    : Object.entries(implicitImports).map(
        ([module, names]) => `import { ${names.join(', ')} } from '${module}';`,
      );
  return [...imports, setup.replace(/\s+/g, ' '), 'export {};'].join(' ');
}

const entries = {
  'react-websocket-hooks': 'index.ts',
  'react-websocket-hooks/core': 'core/index.ts',
  'react-websocket-hooks/close-codes': 'closeCodes/index.ts',
  'react-websocket-hooks/testing': 'testing/index.ts',
  'react-websocket-hooks/devtools': 'devtools/index.ts',
};

/** Type-checks all samples in one program. Returns the errors as `page:line: message`. */
export function checkSamples(all: readonly Sample[]): string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [] }, ts.sys, root);
  Object.assign(options, {
    noUnusedLocals: false,
    noUnusedParameters: false,
    incremental: false,
    paths: Object.fromEntries(
      Object.entries(entries).map(([name, file]) => [name, [join(root, 'src', file)]]),
    ),
  });
  // Beside the pages, so that imports are resolved from there.
  const files = new Map(
    all.map((sample, index) => [join(root, `stories/guide/sample-${index}.tsx`), sample] as const),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, languageVersion, onError) => {
    const sample = files.get(file);
    if (!sample) return getSourceFile(file, languageVersion, onError);
    return ts.createSourceFile(file, `${preambleOf(sample)}\n${sample.code}`, languageVersion, true);
  };
  const declarations = readdirSync(join(root, 'test/guide'))
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => join(root, 'test/guide', file));
  const program = ts.createProgram([...files.keys(), ...declarations], options, host);
  return [...files].flatMap(([file, sample]) => {
    const source = program.getSourceFile(file)!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start = 0, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      return `${sample.page}:${sample.line + line - 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}
