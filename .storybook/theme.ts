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

const darkScheme = matchMedia('(prefers-color-scheme: dark)');

/** Whether the system is dark. */
export function prefersDark(): boolean {
  return darkScheme.matches;
}

/** Calls the listener when the system becomes light or dark, until the returned function is called. */
export function subscribeToScheme(listener: () => void): () => void {
  darkScheme.addEventListener('change', listener);
  return () => darkScheme.removeEventListener('change', listener);
}

/** The theme with this name; `system` is light or dark like the system. */
export function themeOf(name: string, isSystemDark = prefersDark()): ThemeVars {
  return name === 'dark' || (name === 'system' && isSystemDark) ? dark : light;
}
