import type { Preview } from '@storybook/react-vite';

import './preview.css';
import { describeComponent } from './describeComponent.js';
import { StoryDocsPage } from './StoryDocsPage.js';
import { ThemedDocsContainer } from './ThemedDocsContainer.js';

const preview: Preview = {
  parameters: {
    a11y: { test: 'error' },
    actions: { disable: true },
    backgrounds: { disable: true },
    controls: { expanded: true },
    docs: {
      page: StoryDocsPage,
      container: ThemedDocsContainer,
      extractComponentDescription: describeComponent,
    },
    layout: 'padded',
    options: {
      storySort: {
        order: [
          'Introduction',
          '1003 or 1012',
          'Close codes',
          'Connection',
          'Fleet laboratory',
          'Examples',
          'Messages',
          'Liveness',
          'Live server',
          'Devtools',
          'Guide',
          [
            'Getting started',
            'Connection state',
            '1003 or 1012?',
            'Reconnect policy',
            'Close codes',
            'Contracts',
            'Messages and rendering',
            'Sending, queueing, offline',
            'Topics',
            'Sharing',
            'Authentication',
            'Sleep, tabs and phones',
            'Server rendering and Next.js',
            'React Native',
            'Testing',
            'Server recipes',
            'Browsers',
            'Faults',
            'Options',
            'Coming from other libraries',
            'Security',
            'Troubleshooting',
            'API',
          ],
        ],
      },
    },
  },
  tags: ['autodocs'],
  globalTypes: {
    theme: {
      description: 'Light or dark',
      toolbar: {
        title: 'Theme',
        icon: 'mirror',
        dynamicTitle: true,
        items: [
          { value: 'system', title: 'System', icon: 'browser' },
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
        ],
      },
    },
  },
  initialGlobals: { theme: 'system' },
  decorators: [
    (renderStory, { globals }) => {
      document.documentElement.dataset.theme = String(globals.theme);
      return renderStory();
    },
  ],
};

export default preview;
