/**
 * The lanes of `npm test`, by name, in alphabetical order. Each lane is one row of this table:
 *
 * - `projects`: Vitest projects, which count their own tests. A project stands in `vitest.config.ts`, or in
 *   `test/FOLDER/vitest.config.ts`, which is found automatically.
 * - `files`: the files of these projects to run, if not all of them, as parts of their paths.
 * - `commands`: instead of projects, commands of installed packages, each one check:
 *   `[package, command, ...arguments]`.
 * - `needs`: what has to be on the machine first, as functions that provide it or throw a `SetupError`
 *   (`install.…` or `program({ … })` of `setup.mjs`). A lane whose needs cannot be met is skipped with the
 *   message of the error; with `CI` set, it fails.
 * - `env`: additional environment variables.
 * - `seconds`: roughly how long the lane takes alone on two cores. The longest lanes start first.
 * - `uses`: a name for something that lanes cannot share, such as the folder `dist`. Lanes with the same name
 *   run one after the other.
 * - `isQuiet`: whether the lane measures time or work and so runs while no other lane does.
 * - `onlyInAll`: whether the lane belongs to `npm test -- all` only, and not to the default run.
 */
import { compatVersions, install } from './setup.mjs';

/**
 * @typedef {object} Lane
 * @property {readonly string[]} [projects]
 * @property {readonly string[]} [files]
 * @property {readonly (readonly string[])[]} [commands]
 * @property {readonly (() => void)[]} [needs]
 * @property {Readonly<Record<string, string>>} [env]
 * @property {number} seconds
 * @property {string} [uses]
 * @property {boolean} [isQuiet]
 * @property {boolean} [onlyInAll]
 */

/** @type {Readonly<Record<string, Lane>>} */
export const lanes = {
  browser: {
    projects: ['browser', 'pages'],
    needs: [install.chromium],
    seconds: 60,
  },

  browsers: {
    projects: ['browsers'],
    needs: [install.chromium, install.firefox, install.webKit, install.openssl],
    seconds: 200,
    onlyInAll: true,
  },

  compat: {
    projects: compatVersions.map((version) => `react-${version}`),
    needs: [install.compat],
    seconds: 200,
  },

  compiler: {
    projects: ['compiler'],
    seconds: 30,
  },

  faults: {
    projects: ['faults'],
    needs: [install.ip],
    seconds: 30,
  },

  fleet: {
    projects: ['fleet'],
    seconds: 30,
  },

  format: {
    commands: [['prettier', 'prettier', '--check', '.']],
    seconds: 15,
  },

  frameworks: {
    projects: ['frameworks'],
    needs: [install.chromium],
    uses: 'dist',
    seconds: 170,
    onlyInAll: true,
  },

  hostile: {
    projects: ['hostile'],
    seconds: 15,
  },

  leaks: {
    projects: ['leaks'],
    seconds: 30,
  },

  lint: {
    commands: [['eslint', 'eslint', '.']],
    seconds: 40,
  },

  package: {
    projects: ['package'],
    uses: 'dist',
    seconds: 40,
  },

  play: {
    projects: ['unit'],
    files: ['test/model/core.test.ts', 'test/model/react.test.tsx'],
    // Seventeen times as many random sequences as in the lane `unit`: 10,200, 5,100 and 1,700.
    env: { MODEL_RUNS: '17' },
    seconds: 80,
    onlyInAll: true,
  },

  servers: {
    projects: ['servers'],
    needs: [install.servers, install.chromium],
    seconds: 140,
    onlyInAll: true,
  },

  site: {
    projects: ['site'],
    needs: [install.chromium],
    seconds: 200,
    onlyInAll: true,
  },

  size: {
    projects: ['size'],
    uses: 'dist',
    seconds: 10,
  },

  storybook: {
    projects: ['storybook'],
    needs: [install.chromium],
    seconds: 120,
  },

  types: {
    commands: [
      ['typescript', 'tsc', '-p', 'tsconfig.json'],
      ['typescript', 'tsc', '-p', 'tsconfig.build.json'],
    ],
    seconds: 15,
  },

  unit: {
    projects: ['unit'],
    seconds: 120,
  },
};
