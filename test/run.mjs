/**
 * `npm test`: installs what is missing, runs the lanes of `lanes.mjs` side by side and adds up their counts.
 *
 * - `npm test` runs the default lanes.
 * - `npm test -- all` runs every lane.
 * - `npm test -- unit size` runs the named lanes.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { lanes } from './lanes.mjs';
import { findChromium, install, root, scriptOf, SetupError } from './setup.mjs';

const isCi = Boolean(process.env.CI);
/** After how long a lane counts as hung and is ended. */
const HUNG_MINUTES = 20;
/** How long a lane that is told to end may take before it is killed. */
const GRACE_MS = 10_000;

const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Children that are running, so that they end with this process. */
const children = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
    process.exit(1);
  });
}

/**
 * Runs a script with this Node and passes on what it prints.
 * @returns {Promise<boolean>} whether it succeeded
 */
function runScript(script, args, env, print) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: {
        ...process.env,
        STORYBOOK_DISABLE_TELEMETRY: '1',
        ...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    child.stdout.setEncoding('utf8').on('data', print);
    child.stderr.setEncoding('utf8').on('data', print);

    let isHung = false;
    const limit = setTimeout(() => {
      isHung = true;
      print(`\nThe lane has not ended after ${HUNG_MINUTES} minutes and is stopped.\n`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
    }, HUNG_MINUTES * 60_000);

    const finish = (isWell) => {
      clearTimeout(limit);
      children.delete(child);
      resolve(isWell && !isHung);
    };
    child.on('error', (error) => {
      print(`${error.message}\n`);
      finish(false);
    });
    // A process that the script has left behind may keep the pipes open, so the lane ends with the script.
    child.on('exit', (code) => setTimeout(finish, 100, code === 0));
  });
}

async function runCommands(lane, print) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [packageName, command, ...args] of lane.commands) {
    print(`> ${command} ${args.join(' ')}\n`);
    const isWell = await runScript(scriptOf(packageName, command), args, lane.env, print);
    counts[isWell ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

async function runVitest(lane, print) {
  const folder = mkdtempSync(join(tmpdir(), 'react-websocket-hooks-'));
  const report = join(folder, 'report.json');
  const args = [
    'run',
    ...(lane.files ?? []),
    ...lane.projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const isWell = await runScript(scriptOf('vitest'), args, lane.env, print);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    counts.passed = numPassedTests;
    counts.failed = numFailedTests;
    counts.skipped = numPendingTests + numTodoTests;
  } catch {
    print('Vitest wrote no report.\n');
  }
  rmSync(folder, { recursive: true, force: true });
  // Errors outside tests, files that do not load and a run without a test show in the exit code only.
  if (counts.failed === 0 && (!isWell || counts.passed === 0)) counts.failed = 1;
  return counts;
}

/** Provides what a lane needs; returns the message of what could not be provided, else `null`. */
function prepare(lane) {
  try {
    for (const provide of lane.needs ?? []) provide();
    return null;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return error.message;
  }
}

/** Runs a lane; its output is printed when it ends, in one piece, or at once if no other lane runs. */
async function runLane(name, isAlone) {
  const lane = lanes[name];
  const start = performance.now();
  const output = [];
  const print = isAlone ? (text) => process.stdout.write(text) : (text) => output.push(text);
  if (isAlone) console.log(`\n=== ${name} ===`);
  const counts = await (lane.projects ? runVitest(lane, print) : runCommands(lane, print));
  const time = secondsSince(start);
  if (!isAlone) console.log(`\n=== ${name} (${time}) ===\n${output.join('').trimEnd()}`);
  return { name, counts, time };
}

/** Whether a lane may start beside those that are running. */
function mayStart(name, running) {
  if (running.size === 0) return true;
  if (running.size >= availableParallelism()) return false;
  const { isQuiet, uses } = lanes[name];
  if (isQuiet) return false;
  return [...running.keys()].every(
    (other) => !lanes[other].isQuiet && (uses === undefined || lanes[other].uses !== uses),
  );
}

/** Runs the lanes side by side, one for each core, the longest first, those that need quiet at the end. */
async function runLanes(names) {
  const waiting = [...names].sort(
    (a, b) =>
      Number(lanes[a].isQuiet ?? false) - Number(lanes[b].isQuiet ?? false) ||
      lanes[b].seconds - lanes[a].seconds,
  );
  const results = [];
  const running = new Map();
  while (waiting.length > 0 || running.size > 0) {
    let next;
    while ((next = waiting.find((name) => mayStart(name, running))) !== undefined) {
      waiting.splice(waiting.indexOf(next), 1);
      running.set(next, runLane(next, names.length === 1));
    }
    const result = await Promise.race(running.values());
    running.delete(result.name);
    results.push(result);
  }
  return results;
}

function chooseLanes(args) {
  const known = Object.keys(lanes);
  if (args.includes('all')) return known;
  const unknown = args.filter((name) => !Object.hasOwn(lanes, name));
  if (unknown.length > 0) {
    throw new SetupError(`No such lane: ${unknown.join(', ')}. There are ${known.join(', ')} and all.`);
  }
  return args.length > 0 ? [...new Set(args)] : known.filter((name) => !lanes[name].onlyInAll);
}

async function main(args) {
  const names = chooseLanes(args);
  install.packages();

  const skipped = [];
  const ready = [];
  for (const name of names) {
    const reason = prepare(lanes[name]);
    if (reason === null) ready.push(name);
    else skipped.push({ name, reason });
  }
  const chromium = findChromium();
  if (chromium !== undefined) process.env.CHROMIUM_PATH = chromium;

  if (ready.length > 1)
    console.log(`Running ${ready.join(', ')}. The output of a lane appears when it ends.`);
  const results = await runLanes(ready);

  for (const { name, reason } of skipped) {
    console.log(`\n=== ${name} (${isCi ? 'failed' : 'skipped'}) ===\n${reason}`);
    // In CI everything can be installed, so a lane that does not run is a failure.
    const counts = { passed: 0, failed: isCi ? 1 : 0, skipped: isCi ? 0 : 1 };
    results.push({ name, counts, time: '-' });
  }

  const total = { passed: 0, failed: 0, skipped: 0 };
  console.log('');
  for (const { name, counts, time } of results) {
    for (const key of Object.keys(total)) total[key] += counts[key];
    console.log(`${name.padEnd(12)}${time.padStart(9)}   ${summary(counts)}`);
  }
  return total;
}

const start = performance.now();
const total = await main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof SetupError ? error.message : error);
  return { passed: 0, failed: 1, skipped: 0 };
});
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\nThe run took ${secondsSince(start)}.\n`);
console.log(summary(total));
