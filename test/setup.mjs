/**
 * Installs what the tests and the stories need and a fresh clone lacks. It uses Node alone, because it runs
 * before any dependency is installed. Where everything is there, it takes a few milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
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

/** A problem with the machine that the developer has to solve; the message explains how. */
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

/** Whether `node_modules` holds the versions of the lock file, by npm's own record of what it has installed. */
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

/** How tests and benchmarks start Chromium: without requests of its own to other hosts. */
export const chromiumArguments = [
  '--no-sandbox', // Chromium does not run as root otherwise
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of the tests: `CHROMIUM_PATH` or the first one found, `undefined` when there is none. */
export function findChromium() {
  return process.env.CHROMIUM_PATH || browsers.find((path) => existsSync(path));
}

/** The first of the commands that is on the `PATH`, as a path, or `undefined`. */
export function findCommand(...names) {
  // The PATH of a normal user may lack the `sbin` folders, although their programs can be run.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Whether Debian packages can be installed here. */
const canInstallDebianPackages = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

const isDebianPackageInstalled = (name) =>
  spawnSync('dpkg-query', ['--show', '--showformat=${Status}', name], { encoding: 'utf8' }).stdout ===
  'install ok installed';

const LOCK_RETRIES = 60;
const LOCK_RETRY_MS = 5_000;

/** Runs `apt-get`; waits while another process holds one of its locks. */
function aptGet(...args) {
  const command = ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args];
  console.log(`> apt-get ${command.join(' ')}`);
  for (let retry = 0; ; retry += 1) {
    const { status, stderr } = spawnSync('apt-get', command, {
      env: {
        ...process.env,
        DEBIAN_FRONTEND: 'noninteractive',
        LC_ALL: 'C',
        // Packages of servers must not start them as services of the machine, with systemd and without.
        SYSTEMD_OFFLINE: '1',
        RUNLEVEL: '1',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (status === 0) return;
    // `DPkg::Lock::Timeout` covers the lock of dpkg, but not those of the package lists and the archive.
    if (!/could not get lock|unable to lock/i.test(stderr) || retry === LOCK_RETRIES) {
      throw new SetupError(`apt-get ${command.join(' ')} ended with exit code ${status}.\n${stderr.trim()}`);
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_RETRY_MS);
  }
}

let isPackageListFresh = false;

/** Installs Debian packages that are missing. Call it only where that is possible. */
function installDebianPackages(names) {
  if (!isPackageListFresh) aptGet('update');
  isPackageListFresh = true;
  aptGet('install', '-y', '--no-install-recommends', ...names);
}

/**
 * Makes a function that provides a program: it does nothing where the program is there, installs the Debian
 * packages where it can, and otherwise throws a {@link SetupError} that says how to get the program.
 *
 * @param {object} program
 * @param {string} program.name as in "These tests need …"
 * @param {readonly string[]} program.debian the Debian packages
 * @param {() => boolean} [program.isThere] whether the program is there already; unless given, whether all of
 *   the Debian packages are installed
 * @param {string} [program.elsewhere] how to get it on other systems, as a full sentence
 */
export function program({ name, debian, isThere, elsewhere }) {
  const isProvided = isThere ?? (() => debian.every(isDebianPackageInstalled));
  return function provide() {
    if (isProvided()) return;
    if (canInstallDebianPackages()) {
      installDebianPackages(debian);
      if (isProvided()) return;
    }
    throw new SetupError(
      [
        `These tests need ${name}.`,
        `On Debian: apt-get install ${debian.join(' ')} (as root, the test run does it by itself).`,
        elsewhere,
      ]
        .filter(Boolean)
        .join(' '),
    );
  };
}

const provideChromium = program({
  name: 'Chromium',
  debian: ['chromium'],
  isThere: () => findChromium() !== undefined,
  elsewhere:
    'On macOS: brew install --cask chromium. Or set CHROMIUM_PATH to a Chromium or Chrome that is installed.',
});

function installChromium() {
  const found = findChromium();
  if (found !== undefined && !existsSync(found)) {
    throw new SetupError(`CHROMIUM_PATH is ${found}, and there is no such file.`);
  }
  provideChromium();
}

const provideIp = program({
  name: 'the command ip',
  debian: ['iproute2'],
  isThere: () => findCommand('ip') !== undefined,
});

/** One test needs the command `ip`. Without it, the test is skipped with an explanation. */
function installIp() {
  try {
    provideIp();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
  }
}

const provideFirefox = program({
  name: 'Firefox ESR',
  debian: ['firefox-esr'],
  isThere: () => findCommand('firefox-esr') !== undefined,
});

const provideWebKit = program({
  name: 'WebKitGTK with its driver, and a display for it',
  debian: ['webkit2gtk-driver', 'xvfb'],
  isThere: () => findCommand('WebKitWebDriver') !== undefined && findCommand('Xvfb') !== undefined,
});

const provideOpenssl = program({
  name: 'the command openssl',
  debian: ['openssl'],
  isThere: () => findCommand('openssl') !== undefined,
});

const provideServerPackages = program({
  name: 'WebSocket servers and proxies',
  debian: [
    'apache2-bin',
    'caddy',
    'daphne',
    'default-jdk-headless',
    'golang-github-gorilla-websocket-dev',
    'golang-go',
    'haproxy',
    'libtomcat10-java',
    'nginx',
    'puma',
    'python3-aiohttp',
    'python3-hypercorn',
    'python3-starlette',
    'python3-tornado',
    'python3-uvicorn',
    'python3-websockets',
    'python3-wsproto',
    'ruby-faye-websocket',
  ],
});

/** The guide describes the versions of one Debian release; other versions behave differently. */
function provideServers() {
  const release = '/etc/os-release';
  if (!existsSync(release) || !/^PRETTY_NAME="Debian GNU\/Linux 12\b/m.test(readFileSync(release, 'utf8'))) {
    throw new SetupError(
      'These tests measure the servers of Debian 12 and need that system, for example in a container: ' +
        'docker run --rm -it -v "$PWD:/project" -w /project node:20-bookworm npm test -- servers',
    );
  }
  provideServerPackages();
}

/** Each function installs one thing unless it is there, or throws a {@link SetupError}. */
export const install = {
  packages() {
    checkNode();
    installPackages('.');
  },
  compat() {
    for (const version of compatVersions) installPackages(`test/compat/react-${version}`);
  },
  chromium: installChromium,
  firefox: provideFirefox,
  webKit: provideWebKit,
  openssl: provideOpenssl,
  servers: provideServers,
  ip: installIp,
};

/** The script behind a command of an installed package, to be run by this Node without a shell. */
export function scriptOf(packageName, command = packageName) {
  const home = join(root, 'node_modules', packageName);
  const { bin } = readJson(join(home, 'package.json'));
  return join(home, typeof bin === 'string' ? bin : bin[command]);
}
