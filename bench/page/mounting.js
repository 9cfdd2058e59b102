import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { componentOf } from './components.js';
import { createListRoot, createProps, runInTask } from './rendering.js';

let props;
let root;

/** Renders one component that uses the hook, so that the connection is open before others mount. */
export function renderFirst(key, hook, url) {
  props = createProps(key, url);
  createListRoot().render(createElement(componentOf[hook], { ...props, index: 0 }));
  root = createListRoot();
}

/** Mounts components in one commit and waits for their effects. */
export function mountComponents(hook, count) {
  const children = Array.from({ length: count }, (_, index) =>
    createElement(componentOf[hook], { ...props, index, key: index }),
  );
  return runInTask(() => flushSync(() => root.render(children)));
}

export function unmountComponents() {
  return runInTask(() => flushSync(() => root.render(null)));
}
