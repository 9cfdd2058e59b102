import { createElement, useState } from 'react';
import { flushSync } from 'react-dom';
import { createPlot, enter, inTask } from './place.js';

let again;

function Child({ contestant, place, hook, tick }) {
  contestant?.[hook](place, tick);
  return null;
}

function Parent(shared) {
  const [tick, setTick] = useState(0);
  again = setTick;
  return createElement(Child, { ...shared, tick });
}

/** Shows a component with this hook below a parent; without a key, one without any. */
export function showChild(key, hook, url) {
  createPlot().render(createElement(Parent, key ? { ...enter(key, url), hook } : null));
}

/** Renders the parent so many times, each time with a new state. */
export function renderParent(times) {
  return inTask(() => {
    for (let i = 0; i < times; i += 1) flushSync(() => again((tick) => tick + 1));
  });
}
