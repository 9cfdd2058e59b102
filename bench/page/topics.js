import { createElement, useEffect } from 'react';
import { createListRoot, createProps } from './rendering.js';

let renders = 0;
/** The last messages: from which number on, how many components have not shown one, and what to call then. */
let lastMessages = { from: Infinity, missing: 0, resolve() {} };

function Ticker({ implementation, endpoint, topic }) {
  renders += 1;
  const message = implementation.useTopic(endpoint, topic);
  useEffect(() => {
    if (!message || message.n < lastMessages.from) return;
    lastMessages.missing -= 1;
    if (lastMessages.missing === 0) lastMessages.resolve();
  }, [message]);
  return createElement('li', null, message?.price);
}

/** Renders components that each read one topic: the first ones in one root, the others in a second root. */
export function renderTickers(key, url, { components, topics, inFirstRoot = components }) {
  const props = createProps(key, url);
  const tickers = Array.from({ length: components }, (_, i) =>
    createElement(Ticker, { ...props, topic: `t${i % topics}`, key: i }),
  );
  createListRoot().render(tickers.slice(0, inFirstRoot));
  createListRoot().render(tickers.slice(inFirstRoot));
}

let finished;

/** Starts to count renders; the count ends when so many components have shown message number `from` or a later one. */
export function startRenderCount(from, components) {
  renders = 0;
  finished = new Promise((resolve) => {
    lastMessages = { from, missing: components, resolve };
  });
}

/** Waits for the end of the count and returns the renders. */
export async function finishRenderCount() {
  await finished;
  return renders;
}
