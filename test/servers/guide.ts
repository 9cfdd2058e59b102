/** Writes the guide page of server recipes: the tables that the tests have measured and the files that they ran. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { type Server, servers } from './catalog.js';
import type { Behaviour } from './measureServer.js';
import type { ProxyBehaviour } from './measureProxy.js';
import { proxies, type Proxy } from './proxies.js';

export const GUIDE = fileURLToPath(new URL('../../stories/guide/server-recipes.md', import.meta.url));

export interface MeasuredServer {
  readonly server: Server;
  readonly plain: Behaviour;
  readonly idle: string;
  /** `null` where the recipe is that of another entry. */
  readonly recipe: Behaviour | null;
}

export interface MeasuredProxy {
  readonly proxy: Proxy;
  readonly behaviour: ProxyBehaviour;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  '.mjs': 'js',
  '.py': 'python',
  '.go': 'go',
  '.java': 'java',
  '.ru': 'ruby',
  '.conf': 'text',
  '.cfg': 'text',
};

/** The first two numbers of a version. Security updates change the others, and the page stays as it is. */
const shorten = (version: string): string => /^\d+\.\d+/.exec(version)?.[0] ?? version;

/** The version without what the distribution puts before it: `2:10.4-1+deb12u1` is 10.4. */
function readDebianVersion(name: string): string {
  const version = execFileSync('dpkg-query', ['--show', '--showformat=${Version}', name], {
    encoding: 'utf8',
  });
  return version.replace(/^\d+:/, '');
}

function readNpmVersion(name: string): string {
  const url = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { version: string }).version;
}

const readVersion = ({ debian, npm }: Pick<Server, 'debian' | 'npm'>): string =>
  shorten(debian === undefined ? readNpmVersion(npm!) : readDebianVersion(debian));

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  for (const row of rows) {
    if (row.length !== head.length || row.some((cell) => cell.trim() === '')) {
      throw new Error(`A row of the guide is incomplete: ${row.join(' | ')}`);
    }
  }
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export const writePlainRow = ({ server, plain, idle }: MeasuredServer): readonly string[] => [
  `${server.name} (${readVersion(server)})`,
  plain.stop,
  plain.binary,
  plain.tooBig,
  idle,
];

/** No row where the recipe is that of another entry. */
export const writeRecipeRow = ({ server, recipe }: MeasuredServer): readonly (readonly string[])[] =>
  recipe === null ? [] : [[server.name, recipe.stop, recipe.binary, recipe.tooBig]];

export const writeProxyRow = ({ proxy, behaviour }: MeasuredProxy): readonly string[] => [
  `${proxy.name} (${readVersion(proxy)})`,
  behaviour.idle,
  behaviour.serverRestarted,
  behaviour.serverKilled,
  behaviour.serverRejects,
  behaviour.tooBig,
  behaviour.reloaded,
  behaviour.stopped,
];

const writePlainTable = (measured: readonly MeasuredServer[]): string =>
  writeTable(
    ['Server', 'Stopped and started again', 'Binary message', 'Message that is too big', 'Idle connection'],
    measured.map(writePlainRow),
  );

const writeRecipeTable = (measured: readonly MeasuredServer[]): string =>
  writeTable(
    ['Server', 'Stopped and started again', 'Binary message', 'Message that is too big'],
    measured.flatMap(writeRecipeRow),
  );

const writeProxyTable = (measured: readonly MeasuredProxy[]): string =>
  writeTable(
    [
      'Proxy',
      'Idle connection',
      'Server restarts with 1012',
      'Server is killed',
      'Server rejects with 1003',
      'Message that is too big',
      'Proxy is reloaded',
      'Proxy is stopped and started again',
    ],
    measured.map(writeProxyRow),
  );

/** Whether a table of the page has this row. */
export function isInGuide(row: readonly string[]): boolean {
  const lines = readFileSync(GUIDE, 'utf8').split('\n');
  const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return lines.some((line) => squeeze(line) === squeeze(`| ${row.join(' | ')} |`));
}

/** The files of a recipe, each as a code block under its name. */
function writeFiles(files: readonly string[]): string {
  return files
    .map((file) => {
      const text = readFileSync(new URL(`recipes/${file}`, import.meta.url), 'utf8');
      return `\`${basename(file)}\`\n\n\`\`\`${LANGUAGES[extname(file)] ?? 'text'}\n${text.trimEnd()}\n\`\`\``;
    })
    .join('\n\n');
}

function writeRecipes(): string {
  const written = new Set<string>();
  return servers
    .flatMap(({ name, recipe }) => {
      if (recipe === undefined) return [];
      const files = recipe.files.filter((file) => !written.has(file));
      const others = recipe.files.filter((file) => written.has(file));
      for (const file of files) written.add(file);
      return [
        `### ${name}`,
        `${recipe.note} Start it with \`${recipe.command}\`.`,
        ...(others.length > 0
          ? [`It uses ${others.map((file) => `\`${file}\``).join(' and ')} from above.`]
          : []),
        ...(files.length > 0 ? [writeFiles(files)] : []),
      ];
    })
    .join('\n\n');
}

const writeConfigurations = (): string =>
  proxies.map(({ name, file, note }) => [`### ${name}`, note, writeFiles([file])].join('\n\n')).join('\n\n');

/** Replaces what stands between the two comments of this name. */
function replacePart(page: string, name: string, text: string): string {
  const part = new RegExp(`(?<=<!-- ${name}: begin -->\n).*(?=<!-- ${name}: end -->)`, 's');
  if (!part.test(page)) throw new Error(`The guide has no part for ${name}.`);
  return page.replace(part, () => `\n${text}\n\n`);
}

/** The guide page as it should be, by what has been measured. */
export async function writeGuide(
  measured: readonly MeasuredServer[],
  measuredProxies: readonly MeasuredProxy[],
): Promise<string> {
  let page = readFileSync(GUIDE, 'utf8');
  page = replacePart(page, 'servers as they come', writePlainTable(measured));
  page = replacePart(page, 'servers with their recipe', writeRecipeTable(measured));
  page = replacePart(page, 'recipes', writeRecipes());
  page = replacePart(page, 'proxies', writeProxyTable(measuredProxies));
  page = replacePart(page, 'configurations', writeConfigurations());
  return format(page, { ...(await resolveConfig(GUIDE)), filepath: GUIDE });
}
