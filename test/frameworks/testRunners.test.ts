// Tests that an application writes with `react-websocket-hooks/testing`, run by the test runners that applications use.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, installApp } from './app.js';

/** What Jest and Vitest write with a reporter for machines. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/** Runs the tests of an application; all must pass, and there must be some. */
function expectTestsToPass(app: App, runner: 'jest' | 'vitest', ...args: readonly string[]): void {
  const { output } = app.run(runner, args);
  const { numPassedTests, numFailedTests } = JSON.parse(
    readFileSync(join(app.folder, 'report.json'), 'utf8'),
  ) as Report;
  expect(numFailedTests, output).toBe(0);
  expect(numPassedTests, output).toBeGreaterThan(0);
}

describe.each(['jest-29', 'jest-30'])('%s with jsdom', (name) => {
  let app: App;
  beforeAll(() => {
    app = installApp(name);
  });

  it('runs the tests of an application', () => {
    expectTestsToPass(app, 'jest', '--ci', '--json', '--outputFile=report.json');
  });
});

describe('Vitest', () => {
  let app: App;
  beforeAll(() => {
    app = installApp('vitest');
  });

  it.each(['jsdom', 'happy-dom'])('runs the tests of an application with %s', (environment) => {
    expectTestsToPass(
      app,
      'vitest',
      ...['run', '--environment', environment],
      ...['--reporter=default', '--reporter=json', '--outputFile.json=report.json'],
    );
  });
});
