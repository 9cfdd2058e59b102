/* global document, requestAnimationFrame */
import { createRoot } from 'react-dom/client';
import { contestants } from '../contestants/index.js';

/** A contestant, and the place that its components read from. */
export function enter(key, url) {
  const contestant = contestants[key];
  return { contestant, place: { url, source: contestant.createSource?.(url) } };
}

/** A root of its own on the page. */
export function createPlot() {
  const element = document.createElement('ul');
  document.getElementById('root').append(element);
  return createRoot(element);
}

/** Runs something as a task of the page, as an event would, and waits for the frame after it. */
export const inTask = (act) =>
  new Promise((resolve) => {
    setTimeout(() => {
      act();
      requestAnimationFrame(() => setTimeout(resolve));
    });
  });
