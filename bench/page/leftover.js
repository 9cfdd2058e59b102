import { createElement } from 'react';
import { createPlot, enter, inTask } from './place.js';

let root;

function User({ contestant, place, hook }) {
  contestant[hook](place, 0);
  return null;
}

/** Shows one component for each URL, in place of those that were there. */
export function showUrls(key, hook, urls) {
  root ??= createPlot();
  const children = urls.map((url) => createElement(User, { ...enter(key, url), hook, key: url }));
  return inTask(() => root.render(children));
}
