import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { root, scriptOf } from '../setup.mjs';
import { serveFolder } from './serveFolder.js';

/** A page of the Storybook. */
export interface SiteEntry {
  readonly id: string;
  readonly type: 'story' | 'docs';
  readonly title: string;
  readonly name: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the static Storybook, which ends with a slash. */
    siteUrl: string;
    siteEntries: readonly SiteEntry[];
  }
}

/** Builds the static Storybook and serves it below a path, as a host of project pages does. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = join(root, 'node_modules/.cache/site');
  buildStorybook(folder);
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    readonly entries: Readonly<Record<string, SiteEntry>>;
  };
  const server = await serveFolder(folder, '/some/project/');
  project.provide('siteUrl', server.url);
  project.provide('siteEntries', Object.values(index.entries));
  return server.close;
}

function buildStorybook(folder: string): void {
  const environment = { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' };
  // The Vitest configuration sets it for the other lanes; the published Storybook is built without it.
  Reflect.deleteProperty(environment, 'STORYBOOK_DEMO_SERVER_URL');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [scriptOf('storybook'), 'build', '--quiet', '--disable-telemetry', '--output-dir', folder],
    { cwd: root, env: environment, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The Storybook could not be built.\n${stdout}\n${stderr}`);
}
