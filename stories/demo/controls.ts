/** Storybook parameters: what the addon panel shows. */
interface PanelParameters {
  readonly controls: { readonly disable: boolean; readonly include?: readonly string[] };
  readonly options: { readonly selectedPanel: string };
}

/**
 * Parameters of stories without controls. Storybook would otherwise select the empty controls, so this selects the
 * list of interactions.
 */
export const WITHOUT_CONTROLS: PanelParameters = {
  controls: { disable: true },
  options: { selectedPanel: 'storybook/interactions/panel' },
};

/** Parameters of a story with controls for these arguments only. */
export function withControls(...include: readonly string[]): PanelParameters {
  return { controls: { disable: false, include }, options: { selectedPanel: 'addon-controls' } };
}
