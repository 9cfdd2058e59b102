/** A page to read next. */
export interface LandingLink {
  readonly title: string;
  readonly text: string;
  /** The page in Storybook: `docs` or `story`, and its id. */
  readonly path: `/${'docs' | 'story'}/${string}`;
}

/** Where to go from the landing page. */
export const LANDING_LINKS: readonly LandingLink[] = [
  {
    title: '1003 or 1012?',
    text: 'The same app meets both',
    path: '/story/1003-or-1012--side-by-side',
  },
  {
    title: 'Fleet laboratory',
    text: '100,000 clients simulated',
    path: '/story/fleet-laboratory--restart',
  },
  {
    title: 'Examples',
    text: 'Token stream, cursors, bell',
    path: '/story/examples--token-stream-of-a-model',
  },
  {
    title: 'Switch libraries',
    text: 'Code before and after',
    path: '/docs/guide-coming-from-other-libraries--docs',
  },
];

/** The first page of the guide. */
export const START_PATH = '/docs/guide-getting-started--docs';

/** The address of a page, for a link inside a story. */
export function hrefOf(path: string): string {
  return `./?path=${path}`;
}
