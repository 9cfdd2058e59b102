import { STORY_PREPARED } from 'storybook/internal/core-events';
import { addons } from 'storybook/manager-api';

import { systemTheme } from './theme.js';

addons.setConfig({ theme: systemTheme, sidebar: { showRoots: false } });

/** Storybook reads `selectedPanel` before it has loaded the story, so this selects the panel on the first visit. */
addons.register('panel-of-the-story', (api) => {
  api.on(
    STORY_PREPARED,
    ({ id, parameters }: { id: string; parameters: { options?: { selectedPanel?: string } } }) => {
      const panel = parameters.options?.selectedPanel;
      if (panel && id === api.getUrlState().storyId) api.setSelectedPanel(panel);
    },
  );
});
