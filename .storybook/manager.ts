import { STORY_PREPARED } from 'storybook/internal/core-events';
import { addons } from 'storybook/manager-api';

import { subscribeToScheme, themeOf } from './theme.js';

interface PreparedStory {
  readonly id: string;
  readonly parameters: { readonly options?: { readonly selectedPanel?: string } };
}

const CONTROLS_PANEL = 'addon-controls';

addons.setConfig({ theme: themeOf('system'), sidebar: { showRoots: false } });
subscribeToScheme(() => addons.setConfig({ theme: themeOf('system') }));

/**
 * Opens the addon panel for stories with controls and closes it for the others, which need the room. Storybook reads
 * `selectedPanel` before it has loaded the story, so this also selects the panel on the first visit.
 */
addons.register('panel-of-the-story', (api) => {
  let preparedId = '';
  api.on(STORY_PREPARED, ({ id, parameters }: PreparedStory) => {
    if (id === preparedId || id !== api.getUrlState().storyId) return;
    preparedId = id;
    const panel = parameters.options?.selectedPanel;
    if (panel) api.setSelectedPanel(panel);
    const hasControls = panel === CONTROLS_PANEL;
    if (hasControls) api.setSizes({ bottomPanelHeight: 240 });
    api.togglePanel(hasControls);
  });
});
