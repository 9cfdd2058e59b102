import * as React from 'react';
import { useEffect, useLayoutEffect } from 'react';

/** The server has no layout, and older versions of React complain of a layout effect there; React Native has a window. */
export const useCommitEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/** Taken from a copy, because a bundler complains of a name that an older React does not export. */
const { useInsertionEffect } = { ...React } as Partial<typeof React>;

/**
 * Ends with the component: at once, where a passive effect ends a moment later, and not while Suspense hides the
 * component, where a layout effect ends. React before 18 goes on with those as well, and React before 19.2 never
 * ends what is unmounted while it is hidden.
 */
export const useLifetimeEffect = useInsertionEffect ?? useCommitEffect;
