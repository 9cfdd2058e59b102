/** This project runs the tests of the hooks with compiled code. The tests in this file check that it is compiled. */
import { readdirSync, readFileSync } from 'node:fs';
import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import * as library from '../../src/index.js';
import { compile } from './reactCompiler.js';

const FOLDER = 'src/react';
const files = readdirSync(FOLDER).filter((name) => /\.tsx?$/.test(name));

/** Compiled code compares values with its cache. */
const CACHE = /\$\[0\] !== /;

describe('the React Compiler', () => {
  it.each(files)('compiles every component and hook of %s', async (file) => {
    const source = readFileSync(`${FOLDER}/${file}`, 'utf8');
    const { code, events } = await compile(source, file);
    const functions = source.matchAll(/^(?:export )?function (use[A-Z]\w*|[A-Z]\w*)/gm);
    // An overload declares the name again.
    const declared = new Set([...functions].map(([, fnName]) => fnName));
    expect(events).toMatchObject([...declared].map((fnName) => ({ kind: 'CompileSuccess', fnName })));
    expect(code.includes('"react/compiler-runtime"')).toBe(declared.size > 0);
  });

  it('reports a hook that it cannot compile', async () => {
    const { code, events } = await compile(
      'let count = 0; function useCount() { useId(); count += 1; }',
      'useCount.ts',
    );
    expect(events.map(({ kind }) => kind)).toContain('CompileError');
    expect(code).not.toContain('react/compiler-runtime');
  });

  it.each(Object.entries(library).filter(([name]) => /^use|Provider$/.test(name)))(
    'compiled the %s that these tests import',
    (_, hook) => expect(String(hook)).toMatch(CACHE),
  );

  it('compiled the components of these tests', () => {
    const Twice = ({ text }: { readonly text: string }) => <i>{text + text}</i>;
    expect(String(Twice)).toMatch(CACHE);
    expect(render(<Twice text="so" />).container.textContent).toBe('soso');
  });
});
