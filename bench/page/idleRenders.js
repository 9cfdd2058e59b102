import { createElement, useState } from 'react';
import { flushSync } from 'react-dom';
import { createListRoot, createProps, runInTask } from './rendering.js';

let setParentTick;

function Child({ implementation, endpoint, hook, tick }) {
  implementation?.[hook](endpoint, tick);
  return null;
}

function Parent(props) {
  const [tick, setTick] = useState(0);
  setParentTick = setTick;
  return createElement(Child, { ...props, tick });
}

/** Renders a parent with a child that uses the hook, or with a child without a hook if there is no key. */
export function renderParentAndChild(key, hook, url) {
  createListRoot().render(createElement(Parent, key ? { ...createProps(key, url), hook } : null));
}

/** Renders the parent again, as often as this, each time with new state. */
export function renderParentAgain(times) {
  return runInTask(() => {
    for (let i = 0; i < times; i += 1) flushSync(() => setParentTick((tick) => tick + 1));
  });
}
