import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createPlot, enter, inTask } from './place.js';

let shared;
let root;

const Plain = () => createElement('li', null, 'quiet');

/** Each hook as a component; what it returns is read, as a component would. */
const users = {
  plain: Plain,
  useTopic({ contestant, place, index }) {
    return createElement('li', null, contestant.useTopic(place, `t${index}`)?.price ?? 'quiet');
  },
  useStatus({ contestant, place }) {
    return createElement('li', null, contestant.useStatus(place).status);
  },
  useShared({ contestant, place }) {
    const { status, readyState } = contestant.useShared(place);
    return createElement('li', null, status ?? readyState);
  },
};

/** Shows one component that uses the hook, so that the connection is there already. */
export function showFirst(key, hook, url) {
  shared = enter(key, url);
  createPlot().render(createElement(users[hook], { ...shared, index: 0 }));
  root = createPlot();
}

/** Mounts so many components in one go, effects included. */
export function mountMany(hook, count) {
  const children = Array.from({ length: count }, (_, index) =>
    createElement(users[hook], { ...shared, index, key: index }),
  );
  return inTask(() => flushSync(() => root.render(children)));
}

export function unmountMany() {
  return inTask(() => flushSync(() => root.render(null)));
}
