import { createElement, useEffect } from 'react';
import { createPlot, enter } from './place.js';

let renders = 0;
let tail = { from: Infinity, left: 0, resolve() {} };

function Ticker({ contestant, place, topic }) {
  renders += 1;
  const message = contestant.useTopic(place, topic);
  useEffect(() => {
    if (!message || message.n < tail.from) return;
    tail.left -= 1;
    if (tail.left === 0) tail.resolve();
  }, [message]);
  return createElement('li', null, message?.price);
}

/** Shows so many components, of which each reads one of the topics; those after the first ones in another root. */
export function showTickers(key, url, { components, topics, together = components }) {
  const shared = enter(key, url);
  const tickers = Array.from({ length: components }, (_, i) =>
    createElement(Ticker, { ...shared, topic: `t${i % topics}`, key: i }),
  );
  createPlot().render(tickers.slice(0, together));
  createPlot().render(tickers.slice(together));
}

let done;

/** Counts renders from here on, until `readers` components have shown a message with at least this number. */
export function tickUntil(from, readers) {
  renders = 0;
  done = new Promise((resolve) => {
    tail = { from, left: readers, resolve };
  });
}

/** Resolves with the renders when they have. */
export async function ticked() {
  await done;
  return renders;
}
