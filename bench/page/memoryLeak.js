import { createElement } from 'react';
import { createListRoot, createProps, runInTask } from './rendering.js';

let root;

function Connected({ implementation, endpoint, hook }) {
  implementation[hook](endpoint, 0);
  return null;
}

/** Renders one component for each URL and unmounts the previous ones. */
export function renderUrls(key, hook, urls) {
  root ??= createListRoot();
  const children = urls.map((url) => createElement(Connected, { ...createProps(key, url), hook, key: url }));
  return runInTask(() => root.render(children));
}
