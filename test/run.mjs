/**
 * `npm test`: installs what is missing, runs every lane, one after the other, and adds up what they say.
 * `npm test -- unit size` runs the named lanes only.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compatVersions, findChromium, install, root, scriptOf, SetupError } from './setup.mjs';

/** A lane is a list of commands, each one check, or a list of Vitest projects, which count their own tests. */
const lanes = {
  types: {
    commands: [
      ['typescript', 'tsc', '-p', 'tsconfig.json'],
      ['typescript', 'tsc', '-p', 'tsconfig.build.json'],
    ],
  },
  lint: { commands: [['eslint', 'eslint', '.']] },
  unit: { projects: ['unit'] },
  leaks: { projects: ['leaks'] },
  compiler: { projects: ['compiler'] },
  compat: { projects: compatVersions.map((version) => `react-${version}`), needs: install.compat },
  browser: { projects: ['browser', 'pages'], needs: install.chromium },
  storybook: { projects: ['storybook'], needs: install.chromium },
  package: { projects: ['package'] },
  faults: { projects: ['faults'], needs: install.ip },
  fleet: { projects: ['fleet'] },
  size: { projects: ['size'] },
  format: { commands: [['prettier', 'prettier', '--check', '.']] },
};

/** @returns {Promise<boolean>} whether it ended well */
function node(script, args) {
  return new Promise((resolve) => {
    const env = { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' };
    const child = spawn(process.execPath, [script, ...args], { cwd: root, env, stdio: 'inherit' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

async function runCommands(commands) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [packageName, command, ...args] of commands) {
    console.log(`> ${command} ${args.join(' ')}`);
    counts[(await node(scriptOf(packageName, command), args)) ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

async function runVitest(projects) {
  const folder = mkdtempSync(join(tmpdir(), 'react-websocket-hooks-'));
  const report = join(folder, 'report.json');
  const ended = await node(scriptOf('vitest'), [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    counts.passed = numPassedTests;
    counts.failed = numFailedTests;
    counts.skipped = numPendingTests + numTodoTests;
  } catch {
    console.error('Vitest wrote no report.');
  }
  rmSync(folder, { recursive: true, force: true });
  // Errors outside tests, files that do not load and a run without a test show in the exit code only.
  if (counts.failed === 0 && (!ended || counts.passed === 0)) counts.failed = 1;
  return counts;
}

async function runLane({ commands, projects, needs }) {
  try {
    needs?.();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    return process.env.CI ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
  }
  const chromium = findChromium();
  if (chromium !== undefined) process.env.CHROMIUM_PATH = chromium;
  return projects ? runVitest(projects) : runCommands(commands);
}

const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

async function main(names) {
  const unknown = names.filter((name) => !Object.hasOwn(lanes, name));
  if (unknown.length > 0) {
    throw new SetupError(`No such lane: ${unknown.join(', ')}. There are ${Object.keys(lanes).join(', ')}.`);
  }
  install.packages();

  const total = { passed: 0, failed: 0, skipped: 0 };
  const table = [];
  for (const name of names.length > 0 ? names : Object.keys(lanes)) {
    console.log(`\n=== ${name} ===`);
    const start = performance.now();
    const counts = await runLane(lanes[name]);
    for (const key of Object.keys(total)) total[key] += counts[key];
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    table.push(`${name.padEnd(12)}${`${seconds} s`.padStart(9)}   ${summary(counts)}`);
  }
  console.log(`\n${table.join('\n')}\n`);
  return total;
}

const total = await main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof SetupError ? error.message : error);
  return { passed: 0, failed: 1, skipped: 0 };
});
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(summary(total));
