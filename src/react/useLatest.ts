import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** The server has no layout, and older versions of React complain of a layout effect there. */
export const useCommitEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** The newest committed value, for code that runs outside rendering. Written in an effect, never in render. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useCommitEffect(() => {
    latest.current = value;
  });
  return latest;
}
