import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build, transform } from 'esbuild';
import { describe, expect, inject, it } from 'vitest';
import pkg from '../../package.json' with { type: 'json' };
import rollupConfig from '../../rollup.config.js';
import { scriptOf } from '../setup.mjs';

const tarball = inject('tarball');
const app = inject('app');
const installed = inject('installed');
const dist = join(installed, 'dist');

/** The entry points of the build: `index` is the package itself, the others are its subpaths. */
const entries = Object.keys(rollupConfig[0]!.input);
const specifier = (entry: string) => (entry === 'index' ? pkg.name : `${pkg.name}/${entry}`);

/** The entries that are subpaths of the package. */
const subpaths = entries.filter((entry) => entry !== 'index');

/** The entries that must not need React. */
const withoutReact = ['core', 'close-codes', 'testing'];

function node(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: app, encoding: 'utf8' });
  return { status, stdout, output: stdout + stderr };
}

/** Runs a module in the application and returns what it prints as JSON. */
function evaluate(code: string): unknown {
  const { status, stdout, output } = node('--input-type=module', '--eval', code);
  expect(status, output).toBe(0);
  return JSON.parse(stdout);
}

const read = (file: string) => readFileSync(join(dist, file), 'utf8');

const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.c?js$/.test(file),
);

/** Returns the module names that a built file imports or requires. */
const importsOf = (file: string) =>
  [...read(file).matchAll(/(?:\bfrom |^import |\brequire\()'([^']+)'/gm)].map((match) => match[1]!);

/** Returns a built file and every file of the package that it loads, directly or indirectly. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  if (!found.has(file)) {
    found.add(file);
    for (const name of importsOf(file).filter((name) => name.startsWith('.'))) {
      loadedBy(relative(dist, join(dist, dirname(file), name)), found);
    }
  }
  return found;
}

describe('the tarball', () => {
  it('satisfies publint --strict', () => {
    const { status, output } = node(scriptOf('publint'), tarball, '--strict');
    expect(status, output).toBe(0);
  });

  it('has types that resolve in every mode (attw)', () => {
    const { status, output } = node(scriptOf('@arethetypeswrong/cli', 'attw'), tarball);
    expect(status, output).toBe(0);
  });

  it('contains the build, package.json, README, changelog and license, and nothing else', () => {
    expect(readdirSync(installed).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'dist', ...subpaths].sort(),
    );
  });

  it('contains no files of an older build', () => {
    expect(scripts).not.toContain(join('chunks', 'stale.js'));
  });

  it('exports every built entry and nothing else', () => {
    const paths = entries.map((entry) => (entry === 'index' ? '.' : `./${entry}`));
    expect(Object.keys(pkg.exports).sort()).toEqual([...paths, './package.json'].sort());
    expect(Object.keys(pkg.typesVersions['*']).sort()).toEqual(
      entries.filter((entry) => entry !== 'index').sort(),
    );
  });

  it('imports nothing but React, the shim and its own files', () => {
    const foreign = scripts.flatMap(importsOf).filter((name) => !name.startsWith('.'));
    expect(new Set(foreign)).toEqual(new Set(['react', 'use-sync-external-store/shim']));
  });

  it('holds no syntax that ES2022, Chrome 91, Firefox 90 or Safari 15 lacks', async () => {
    const floor = ['es2022', 'chrome91', 'firefox90', 'safari15'];
    for (const file of scripts) {
      const { code } = await transform(read(file), { target: floor });
      const { code: asItIs } = await transform(read(file), { target: 'esnext' });
      expect(code, file).toBe(asItIs);
    }
  });

  it('has the directive "use client" once in each file that imports React, and in no other', () => {
    const expected = scripts.map((file) => [file, importsOf(file).includes('react') ? 1 : 0]);
    const actual = scripts.map((file) => [file, read(file).match(/(['"])use client\1/g)?.length ?? 0]);
    expect(actual).toEqual(expected);
    for (const [file, count] of expected)
      if (count === 1) expect(read(String(file))).toMatch(/^'use client';\n/);
  });

  it('has no directive in the main entry, so that server components can import the parts without hooks', () => {
    for (const file of ['index.js', 'index.cjs']) expect(read(file)).not.toContain('use client');
  });

  it('has a folder for each subpath, for tools that do not read exports', () => {
    const load = createRequire(join(app, 'app.cjs'));
    for (const entry of subpaths) {
      const folder = join(installed, entry);
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
        string,
        string
      >;
      expect(manifest).toMatchObject({
        main: `../dist/${entry}.cjs`,
        module: `../dist/${entry}.js`,
        'react-native': `../dist/${entry}.js`,
        types: `../dist/${entry}.d.ts`,
      });
      // Such a tool resolves the subpath as a folder.
      expect(load(folder)).toBe(load(join(dist, `${entry}.cjs`)));
    }
  });
});

describe.each(entries)('the entry %s', (entry) => {
  const name = specifier(entry);

  it('exports the same names for import and require', () => {
    const imported = evaluate(`console.log(JSON.stringify(Object.keys(await import('${name}')).sort()))`);
    const required = evaluate(
      `import { createRequire } from 'node:module';
       const loaded = createRequire(import.meta.url)('${name}');
       console.log(JSON.stringify(Object.keys(loaded).sort()))`,
    );
    expect(imported).not.toEqual([]);
    expect(required).toEqual(imported);
  });

  it('has no side effects when it is imported', () => {
    const acts = evaluate(`
      const acts = [];
      const watch = (object, name) => { object[name] = (...args) => { acts.push([name, String(args[0])]); }; };
      for (const name of ['setTimeout', 'setInterval', 'queueMicrotask', 'WebSocket', 'addEventListener',
        'requestAnimationFrame', 'setImmediate']) watch(globalThis, name);
      globalThis.window = globalThis;
      globalThis.document = {};
      watch(document, 'addEventListener');
      const names = Object.getOwnPropertyNames(globalThis);
      await import('${name}');
      const added = Object.getOwnPropertyNames(globalThis).filter((name) => !names.includes(name));
      console.log(JSON.stringify([...acts, ...added]));`);
    expect(acts).toEqual([]);
  });

  if (withoutReact.includes(entry)) {
    it('works without React', () => {
      for (const extension of ['js', 'cjs']) {
        for (const file of loadedBy(`${entry}.${extension}`)) {
          expect(importsOf(file).filter((name) => !name.startsWith('.'))).toEqual([]);
        }
      }
    });

    it('loads where the global process does not exist', async () => {
      const { outputFiles } = await build({
        stdin: { contents: `export * from '${name}'`, resolveDir: app },
        bundle: true,
        format: 'iife',
        globalName: 'loaded',
        platform: 'neutral', // the platform browser would define process.env.NODE_ENV
        conditions: ['import'],
        write: false,
      });
      expect(runInNewContext(`${outputFiles[0]!.text}; Object.keys(loaded).length`)).toBeGreaterThan(0);
    });
  }
});

describe('WebSocketError', () => {
  it.each(['import', 'require'])('is the same class in the main entry and in core, loaded by %s', (way) => {
    const load = way === 'import' ? 'await import' : 'createRequire(import.meta.url)';
    expect(
      evaluate(
        `import { createRequire } from 'node:module';
         const main = ${load}('${pkg.name}');
         const core = ${load}('${pkg.name}/core');
         console.log(typeof core.WebSocketError === 'function' && main.WebSocketError === core.WebSocketError)`,
      ),
    ).toBe(true);
  });
});

describe('the registry of connections in use', () => {
  it.each(['js', 'cjs'])('is one module for the main entry and the devtools (.%s)', (extension) => {
    const files = scripts.filter(
      (file) => file.endsWith(`.${extension}`) && read(file).includes('function registerLiveConnection('),
    );
    expect(files).toHaveLength(1);
    for (const entry of ['index', 'core', 'devtools'])
      expect([...loadedBy(`${entry}.${extension}`)], entry).toContain(files[0]);
  });
});

describe('an application', () => {
  it.each([
    { as: 'an ES module under node16', file: 'consumer.mts', module: 'Node16', resolution: 'Node16' },
    { as: 'CommonJS under node16', file: 'consumer.cts', module: 'Node16', resolution: 'Node16' },
    { as: 'bundled', file: 'bundled.ts', module: 'ESNext', resolution: 'Bundler' },
  ])('type-checks as $as', ({ file, module, resolution }) => {
    copyFileSync(join(app, 'consumer.ts'), join(app, file));
    const config = `tsconfig.${file}.json`;
    writeFileSync(
      join(app, config),
      JSON.stringify({
        compilerOptions: {
          target: 'ES2022',
          lib: ['ES2022', 'DOM', 'DOM.Iterable'],
          module,
          moduleResolution: resolution,
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          noEmit: true,
          types: [],
        },
        files: [file],
      }),
    );
    const { status, output } = node(scriptOf('typescript', 'tsc'), '-p', config);
    expect(status, output).toBe(0);
  });
});
