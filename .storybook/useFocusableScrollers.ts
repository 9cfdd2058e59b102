import { type RefObject, useEffect } from 'react';

/**
 * Lets readers without a mouse scroll the tables and code blocks that are wider than the page, by making them
 * focusable while they are.
 */
export function useFocusableScrollers(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = page.current;
    if (element === null) return;
    const update = (): void => {
      for (const scroller of element.querySelectorAll<HTMLElement>('table, pre')) {
        if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
        else scroller.removeAttribute('tabindex');
      }
    };
    // The page grows when its content has been rendered, and changes its width with the window.
    const observer = new ResizeObserver(update);
    observer.observe(element);
    return () => observer.disconnect();
  }, [page]);
}
