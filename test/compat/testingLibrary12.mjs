/** React Testing Library 12, the last one for React 16 and 17, with the `renderHook` of its successors. */
import { createElement } from 'react';
import { render } from 'testing-library-12';

export * from 'testing-library-12';

export function renderHook(callback, { initialProps, ...options } = {}) {
  const result = { current: undefined };
  function Hook({ props }) {
    result.current = callback(props);
    return null;
  }
  const { rerender, unmount } = render(createElement(Hook, { props: initialProps }), options);
  return {
    result,
    rerender: (props) => rerender(createElement(Hook, { props })),
    unmount,
  };
}
