/** The parameters of Storybook that say what the panel below a story shows. */
interface PanelParameters {
  readonly controls: { readonly disable: boolean; readonly include?: readonly string[] };
  readonly options: { readonly selectedPanel: string };
}

/**
 * The parameters of stories that have nothing to control. Storybook would keep the controls chosen and the panel
 * empty, so another one is named: it lists what has been played.
 */
export const WITHOUT_CONTROLS: PanelParameters = {
  controls: { disable: true },
  options: { selectedPanel: 'storybook/interactions/panel' },
};

/** The parameters of a story with controls for these arguments, and no others. */
export function withControls(...include: readonly string[]): PanelParameters {
  return { controls: { disable: false, include }, options: { selectedPanel: 'addon-controls' } };
}
