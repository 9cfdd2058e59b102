import { DocsContainer, type DocsContainerProps } from '@storybook/addon-docs/blocks';
import {
  type PropsWithChildren,
  type ReactElement,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { GLOBALS_UPDATED } from 'storybook/internal/core-events';

import { prefersDark, subscribeToScheme, themeOf } from './theme.js';
import { useFocusableScrollers } from './useFocusableScrollers.js';

/** Renders docs pages as the main landmark, in the theme that the toolbar selects, as the stories in them. */
export function ThemedDocsContainer({
  context,
  children,
}: PropsWithChildren<DocsContainerProps>): ReactElement {
  const [name, setName] = useState(() => document.documentElement.dataset.theme ?? 'system');
  useEffect(() => {
    const update = ({ globals }: { globals: { theme?: string } }): void => {
      const theme = globals.theme ?? 'system';
      document.documentElement.dataset.theme = theme;
      setName(theme);
    };
    context.channel.on(GLOBALS_UPDATED, update);
    return () => context.channel.off(GLOBALS_UPDATED, update);
  }, [context]);
  const page = useRef<HTMLElement>(null);
  useFocusableScrollers(page);
  const isDark = useSyncExternalStore(subscribeToScheme, prefersDark);
  return (
    <main ref={page}>
      <DocsContainer context={context} theme={themeOf(name, isDark)}>
        {children}
      </DocsContainer>
    </main>
  );
}
