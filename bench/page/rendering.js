/* global document, requestAnimationFrame */
import { createRoot } from 'react-dom/client';
import { implementations } from '../implementations/index.js';

/** The props of the measured components: an implementation, and the endpoint that it connects to. */
export function createProps(key, url) {
  const implementation = implementations[key];
  return { implementation, endpoint: { url, source: implementation.createSource?.(url) } };
}

/** Appends a list to the page and creates a React root in it. */
export function createListRoot() {
  const element = document.createElement('ul');
  document.getElementById('root').append(element);
  return createRoot(element);
}

/** Runs a function in a task of its own, as an event would, and waits until the next frame is over. */
export const runInTask = (act) =>
  new Promise((resolve) => {
    setTimeout(() => {
      act();
      requestAnimationFrame(() => setTimeout(resolve));
    });
  });
