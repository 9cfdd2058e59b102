import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../setup.mjs';
import { markdownTable } from './tables.js';

const entries: readonly { readonly name: string; readonly file: string; readonly about: string }[] = [
  {
    name: 'react-websocket-hooks',
    file: 'src/index.ts',
    about: 'The hooks, the provider, and everything of `react-websocket-hooks/core`.',
  },
  {
    name: 'react-websocket-hooks/close-codes',
    file: 'src/closeCodes/index.ts',
    about: 'The reference of close codes as data.',
  },
  {
    name: 'react-websocket-hooks/testing',
    file: 'src/testing/index.ts',
    about: 'A scripted server for tests and stories.',
  },
  {
    name: 'react-websocket-hooks/devtools',
    file: 'src/devtools/index.ts',
    about: 'The inspector of connections.',
  },
];

type Described =
  ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration | ts.FunctionDeclaration;

function isDescribed(node: ts.Node): node is Described {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isFunctionDeclaration(node)
  );
}

const printer = ts.createPrinter({ removeComments: true });

const print = (node: ts.Node): string =>
  printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replace(/^export /, '');

/** On one line, as it stands in the cell of a table. */
const inline = (node: ts.Node): string => print(node).replace(/\s+/g, ' ');

const plain = (parts: string | ts.NodeArray<ts.JSDocComment> | undefined): string =>
  (ts.getTextOfJSDocComment(parts) ?? '').replace(/\{@link (\w+)\}/g, '`$1`').trim();

interface Doc {
  readonly text: string;
  readonly tags: readonly { readonly name: string; readonly text: string }[];
}

function docOf(node: ts.Node): Doc {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1);
  return {
    text: plain(comment?.comment),
    tags: (comment?.tags ?? []).map((tag) => ({
      name: tag.tagName.text,
      text: ts.isJSDocParameterTag(tag)
        ? `\`${tag.name.getText()}\`: ${plain(tag.comment)}`
        : plain(tag.comment),
    })),
  };
}

const tagOf = (doc: Doc, name: string): string | undefined => doc.tags.find((tag) => tag.name === name)?.text;

const isInternal = (node: ts.Node): boolean => tagOf(docOf(node), 'internal') !== undefined;

/** What a member of an interface or a class is called and what type it has. */
function memberRow(member: ts.ClassElement | ts.TypeElement): string[] {
  const name = member.name?.getText() ?? '';
  const isOptional = 'questionToken' in member && member.questionToken !== undefined;
  const type = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member) ? member.type : undefined;
  const value = ts.isPropertyDeclaration(member) ? member.initializer : undefined;
  const typeText = value
    ? inline(value)
    : type
      ? inline(type).replace(/ \| undefined$/, '')
      : inline(member).replace(/;$/, '');
  const doc = docOf(member);
  const fallback = tagOf(doc, 'default');
  const notes = doc.tags.filter((tag) => tag.name === 'param' || tag.name === 'throws');
  const text = [
    doc.text,
    ...notes.map((tag) => (tag.name === 'throws' ? `Throws ${tag.text}` : tag.text)),
    ...(fallback === undefined ? [] : [`Default: ${fallback}`]),
  ];
  return [
    `\`${name}${isOptional ? '?' : ''}\``,
    `\`${typeText}\``,
    text
      .filter((part) => part !== '')
      .join('. ')
      .replace(/\s+/g, ' ')
      .replaceAll('..', '.'),
  ];
}

function membersOf(node: ts.InterfaceDeclaration | ts.ClassDeclaration): string {
  const members = [...node.members].filter(
    (member) => !ts.isConstructorDeclaration(member) && member.name && !isInternal(member),
  );
  return members.length === 0 ? '' : markdownTable(['Member', 'Type', 'Meaning'], members.map(memberRow));
}

function heritageOf(node: ts.InterfaceDeclaration | ts.ClassDeclaration): string {
  const bases = (node.heritageClauses ?? []).flatMap((clause) =>
    clause.types.map((type) => `\`${inline(type)}\``),
  );
  return bases.length === 0 ? '' : `Also everything of ${bases.join(' and ')}.`;
}

const fence = (code: string): string => `\`\`\`ts\n${code}\n\`\`\``;

/** A default value is no part of the signature: the parameter is optional. */
function withoutDefault(parameter: ts.ParameterDeclaration): ts.ParameterDeclaration {
  if (!parameter.initializer) return parameter;
  const name = ts.isIdentifier(parameter.name) ? parameter.name : 'options';
  const isOptional = ts.factory.createToken(ts.SyntaxKind.QuestionToken);
  return ts.factory.createParameterDeclaration(undefined, undefined, name, isOptional, parameter.type);
}

/** The declaration of a function without its body. */
function signatureOf(node: ts.FunctionDeclaration): string {
  const { name, typeParameters, parameters, type } = node;
  const declaration = ts.factory.createFunctionDeclaration(
    undefined,
    undefined,
    name,
    typeParameters,
    parameters.map(withoutDefault),
    type,
    undefined,
  );
  return printer.printNode(ts.EmitHint.Unspecified, declaration, node.getSourceFile());
}

/** Joins the lines of each paragraph; the lines of a list stay. */
function unwrap(text: string): string {
  return text.replace(/(?<!\n)\n(?![\n-])\s*/g, ' ');
}

function describe(name: string, nodes: readonly Described[]): string {
  const documented = nodes.find((node) => docOf(node).text !== '') ?? nodes[0]!;
  const doc = docOf(documented);
  const parts = [`### ${name}`, unwrap(doc.text)];
  const functions = nodes.filter((node) => ts.isFunctionDeclaration(node));
  const overloads = functions.filter((node) => node.body === undefined);
  if (functions.length > 0)
    parts.push(fence((overloads.length > 0 ? overloads : functions).map(signatureOf).join('\n')));
  for (const node of nodes) {
    if (ts.isTypeAliasDeclaration(node)) parts.push(fence(print(node)));
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node))
      parts.push(heritageOf(node), membersOf(node));
  }
  for (const tag of doc.tags) {
    if (tag.name === 'param') parts.push(`- ${tag.text}`);
    if (tag.name === 'throws') parts.push(`Throws ${tag.text}.`);
    if (tag.name === 'example') parts.push(fence(tag.text));
  }
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Writes the API reference from the doc comments of everything that the package exports. */
export function apiReference(): string {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [] }, ts.sys, root);
  const program = ts.createProgram(
    entries.map(({ file }) => join(root, file)),
    options,
  );
  const checker = program.getTypeChecker();
  const chapters = entries.map(({ name: entry, file, about }) => {
    const source = program.getSourceFile(join(root, file))!;
    const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).map((symbol) => {
      const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      return { name: symbol.name, nodes: origin.declarations ?? [] };
    });
    const isValue = (nodes: readonly ts.Node[]): boolean =>
      nodes.some((node) => !ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node));
    const sorted = [...exports].sort(
      (a, b) => Number(isValue(b.nodes)) - Number(isValue(a.nodes)) || a.name.localeCompare(b.name, 'en'),
    );
    const parts = sorted.map(({ name, nodes }) => {
      const variable = nodes.find(ts.isVariableDeclaration);
      if (!variable) return describe(name, nodes.filter(isDescribed));
      const doc = docOf(variable.parent.parent);
      return [
        `### ${name}`,
        unwrap(doc.text),
        fence(`const ${name}: ${variable.type?.getText() ?? ''}`),
      ].join('\n\n');
    });
    return [`## ${entry}`, about, ...parts].join('\n\n');
  });
  return [
    '# API',
    '<!-- Written by test/guide/api.test.ts from the doc comments in src. Change those, and run the test. -->',
    'Everything that the package exports, from the doc comments of its source. The pages of the guide explain when to use what.',
    ...chapters,
  ].join('\n\n');
}
