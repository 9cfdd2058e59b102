import * as React from 'react';
import { useEffect, useLayoutEffect } from 'react';

/**
 * Runs in the commit. On the server there is no layout, and older versions of React warn about a layout effect there;
 * React Native has a window.
 */
export const useCommitEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/** Taken from a copy, because bundlers complain about names that an older React does not export. */
const { useInsertionEffect, useSyncExternalStore } = { ...React } as Partial<typeof React>;

/**
 * Cleans up when the component unmounts: in the commit, where a passive effect comes a moment later, and not while
 * Suspense hides the component, where a layout effect is cleaned up. React before 18 has only layout effects for this,
 * and React before 19.2 never cleans up what unmounts while it is hidden.
 */
export const useLifetimeEffect = useInsertionEffect ?? useCommitEffect;

/**
 * Whether the first render in the browser may differ from that of the server: since React 18, hydration begins with
 * the snapshot of the server by itself.
 */
export const mayAnticipate = useSyncExternalStore !== undefined;
