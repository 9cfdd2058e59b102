/**
 * Installs what the tests and the stories need and a fresh clone lacks. Plain Node, no dependencies,
 * because it runs before there are any. What is there already costs a few milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

export const compatVersions = ['19.2', '18', '17', '16'];

const browsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Something a person has to put right; the message says how. */
export class SetupError extends Error {}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @param {string} command @param {readonly string[]} args */
function run(command, args, env = process.env) {
  console.log(`> ${command} ${args.join(' ')}`);
  const { error, status } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw new SetupError(`${command} could not be started: ${error.message}`);
  if (status !== 0) throw new SetupError(`${command} ${args.join(' ')} ended with exit code ${status}.`);
}

function checkNode() {
  const wanted = readJson(join(root, 'package.json')).devEngines.runtime.version;
  const [major, minor] = wanted.replace('>=', '').split('.').map(Number);
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  throw new SetupError(
    `Developing react-websocket-hooks needs Node ${wanted}; this is ${process.version}. ` +
      'Install a newer Node (https://nodejs.org) and try again. The published library itself runs on Node 18.',
  );
}

/** Whether `node_modules` holds what the lock file asks for; npm records there what it has installed. */
function isInstalled(folder) {
  const record = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const have = readJson(record).packages;
  const want = readJson(join(folder, 'package-lock.json')).packages;
  return Object.entries(want).every(
    ([path, { version, optional }]) => path === '' || optional || have[path]?.version === version,
  );
}

/** @param {string} folder relative to the root */
function installPackages(folder) {
  if (isInstalled(join(root, folder))) return;
  run('npm', ['ci', '--prefix', folder, '--include=dev', '--no-audit', '--no-fund']);
}

/** How tests and benchmarks start Chromium: alone, and saying nothing to anybody. */
export const chromiumArguments = [
  '--no-sandbox', // Chromium does not run as root otherwise
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of the tests: `CHROMIUM_PATH` or the first that is found, `undefined` when there is none. */
export function findChromium() {
  return process.env.CHROMIUM_PATH || browsers.find((path) => existsSync(path));
}

/** Installs a Debian package; returns whether this machine could be asked for it. */
function installByApt(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another installation may hold the lock of dpkg for a while.
  const aptGet = (...args) => run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], env);
  aptGet('update');
  aptGet('install', '-y', '--no-install-recommends', name);
  return true;
}

/** The command `ip`, for a test that cuts a cable; the test says itself where that cannot be done. */
function installIp() {
  if (!['/usr/sbin/ip', '/sbin/ip', '/usr/bin/ip'].some((path) => existsSync(path))) installByApt('iproute2');
}

function installChromium() {
  const found = findChromium();
  if (found !== undefined) {
    if (existsSync(found)) return;
    throw new SetupError(`CHROMIUM_PATH is ${found}, and there is no such file.`);
  }
  if (installByApt('chromium') && findChromium() !== undefined) return;
  throw new SetupError(
    'These tests need Chromium. Install it (Debian and Ubuntu: apt-get install chromium; ' +
      'macOS: brew install --cask chromium), or set CHROMIUM_PATH to a Chromium or Chrome that is there.',
  );
}

/** Each installs one thing unless it is there, or throws a {@link SetupError}. */
export const install = {
  packages() {
    checkNode();
    installPackages('.');
  },
  compat() {
    for (const version of compatVersions) installPackages(`test/compat/react-${version}`);
  },
  chromium: installChromium,
  ip: installIp,
};

/** The script behind a command of an installed package, to be run by this Node without a shell. */
export function scriptOf(packageName, command = packageName) {
  const home = join(root, 'node_modules', packageName);
  const { bin } = readJson(join(home, 'package.json'));
  return join(home, typeof bin === 'string' ? bin : bin[command]);
}
