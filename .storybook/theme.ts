import type { ThemeVars } from 'storybook/theming';
import { create } from 'storybook/theming/create';

const brand = {
  brandTitle: 'react-websocket-hooks',
  brandTarget: '_self',
  appBorderRadius: 8,
  inputBorderRadius: 6,
};
const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif";

const light = create({
  ...brand,
  base: 'light',
  fontBase: font,
  colorPrimary: '#2a55d4',
  colorSecondary: '#2a55d4',
  appBg: '#f4f5f8',
  appContentBg: '#ffffff',
  appPreviewBg: '#f4f5f8',
  barBg: '#ffffff',
  appBorderColor: '#dfe3ea',
  textColor: '#161b26',
  textMutedColor: '#545e6f',
});

const dark = create({
  ...brand,
  base: 'dark',
  fontBase: font,
  colorPrimary: '#8cabff',
  colorSecondary: '#5f86f2',
  appBg: '#0d1017',
  appContentBg: '#161a23',
  appPreviewBg: '#0d1017',
  barBg: '#161a23',
  appBorderColor: '#2a303c',
  textColor: '#e9edf4',
  textMutedColor: '#9fabbd',
});

/** The theme with this name; `system` is light or dark like the system. */
export function themeOf(name: string): ThemeVars {
  if (name === 'light') return light;
  if (name === 'dark') return dark;
  return matchMedia('(prefers-color-scheme: dark)').matches ? dark : light;
}
