/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where `npm start` has put the demo server. */
  readonly STORYBOOK_DEMO_SERVER_URL?: string;
}
