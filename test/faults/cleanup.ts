import { afterEach } from 'vitest';

const cleanups: (() => void)[] = [];

/** Runs the cleanups of every test of the file after the test, the newest first. */
export function cleanUpAfterEach(): void {
  afterEach(() => {
    for (const cleanUp of cleanups.splice(0).reverse()) cleanUp();
  });
}

/** Adds a function to be called after the current test. */
export function addCleanup(cleanUp: () => void): void {
  cleanups.push(cleanUp);
}
