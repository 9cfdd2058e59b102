import type { Preview } from '@storybook/react-vite';

import './preview.css';
import { systemTheme } from './theme.js';

const preview: Preview = {
  parameters: {
    a11y: { test: 'error' },
    actions: { disable: true },
    backgrounds: { disable: true },
    controls: { expanded: true },
    docs: { theme: systemTheme },
    layout: 'padded',
    options: {
      storySort: { order: ['Introduction', 'Connection', 'Messages', 'Liveness', 'Live server', 'Devtools'] },
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
