import type { TestProject } from 'vitest/node';
import { buildPage } from './buildPage.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The script of the page under test, for production and for development. */
    pageScripts: { readonly production: string; readonly development: string };
  }
}

/** Builds the page once for all browsers. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('pageScripts', await buildPage());
}
