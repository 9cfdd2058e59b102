/**
 * `npm start`: installs missing dependencies, then runs Storybook and the demo server.
 * STORYBOOK_PORT and DEMO_SERVER_PORT set their ports.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install, root, scriptOf, SetupError } from '../test/setup.mjs';

const host = '127.0.0.1';
const storybookPort = process.env.STORYBOOK_PORT ?? '6006';
const demoPort = process.env.DEMO_SERVER_PORT ?? '8787';
const storybookUrl = `http://${host}:${storybookPort}/`;
const demoUrl = `ws://${host}:${demoPort}`;

const children = [];
let stopping = false;

/** If one process ends, the others end too, because the stories need both. */
function stop(exitCode) {
  if (stopping) return;
  stopping = true;
  process.exitCode = exitCode;
  for (const child of children) child.kill('SIGTERM');
}

function start(name, args, env, stdout) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'inherit'],
  });
  children.push(child);
  child.on('exit', (code, signal) => {
    if (!stopping) console.error(`${name} exited (${signal ?? `exit code ${code}`}).`);
    stop(code ?? 1);
  });
  return child;
}

/** Resolves when the server has printed `ready`. */
function startDemoServer(script) {
  const child = start('The demo server', [script], { PORT: demoPort }, 'pipe');
  return new Promise((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text);
      if (/\bready\b/.test(text)) resolve();
    });
  });
}

/** Resolves when Storybook answers requests. */
async function startStorybook() {
  const options = ['--no-open', '--ci', '--quiet', '--disable-telemetry', '--no-version-updates'];
  start(
    'Storybook',
    [scriptOf('storybook'), 'dev', '-p', storybookPort, '--exact-port', '--host', host, ...options],
    { STORYBOOK_DEMO_SERVER_URL: demoUrl, STORYBOOK_DISABLE_TELEMETRY: '1' },
    'inherit',
  );
  while (!stopping) {
    const answer = await fetch(new URL('index.json', storybookUrl)).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((next) => setTimeout(next, 200));
  }
}

try {
  install.packages();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exit(1);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(0));

const demoServer = join(root, 'stories/server/demoServer.mjs');
const hasDemoServer = existsSync(demoServer);
await Promise.all([hasDemoServer && startDemoServer(demoServer), startStorybook()]);
if (!stopping) {
  console.log(`\nStorybook    ${storybookUrl}`);
  if (hasDemoServer) console.log(`Demo server  ${demoUrl}`);
  console.log('Ctrl-C stops everything.');
}
