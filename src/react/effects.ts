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
 * Runs in the commit, and is cleaned up in the commit in which the component unmounts. A passive effect comes a moment
 * later, and a layout effect is cleaned up while Suspense hides the component as well. What runs in it must not update
 * components. React before 18 has only layout effects for this, and React before 19.2 never cleans up what unmounts
 * while it is hidden.
 */
export const useLifetimeEffect = useInsertionEffect ?? useCommitEffect;

/**
 * Whether the first render in the browser may differ from that of the server: since React 18, hydration begins with
 * the snapshot of the server by itself.
 */
export const mayAnticipate = useSyncExternalStore !== undefined;
