/* global requestAnimationFrame */
import { createElement, useEffect } from 'react';
import { createListRoot, createProps } from './rendering.js';

const counts = { seenBefore: 0, seen: 0, renders: 0, frames: 0, rendersAtFrame: 0, mostInFrame: 0 };
/** The number of the message that ends the count, and what to call then. */
let end = null;

function onMessageSeen(n) {
  if (!end || n < end.n) return;
  end.resolve();
  end = null;
}

/** Requested before all other callbacks of a frame, so that the renders between two calls belong to one frame. */
function countFrame() {
  counts.frames += 1;
  counts.mostInFrame = Math.max(counts.mostInFrame, counts.renders - counts.rendersAtFrame);
  counts.rendersAtFrame = counts.renders;
  requestAnimationFrame(countFrame);
}

function HandlerReader({ implementation, endpoint }) {
  counts.renders += 1;
  implementation.useHandler(endpoint, (message) => {
    counts.seen += 1;
    onMessageSeen(message.n);
  });
  return null;
}

function LatestReader({ implementation, endpoint }) {
  counts.renders += 1;
  const latest = implementation.useLatest(endpoint);
  useEffect(() => {
    if (typeof latest?.n !== 'number') return;
    counts.seen += 1;
    onMessageSeen(latest.n);
  }, [latest]);
  return null;
}

const reduce = (state, message) => ({ count: state.count + 1, last: message.n });
const initial = { count: 0, last: -1 };

function ReducerReader({ implementation, endpoint }) {
  counts.renders += 1;
  const state = implementation.useReduced(endpoint, reduce, initial);
  useEffect(() => {
    counts.seen = state.count - counts.seenBefore;
    onMessageSeen(state.last);
  }, [state]);
  return null;
}

const readers = { handler: HandlerReader, latest: LatestReader, reduced: ReducerReader };

/** Renders one component that reads every message. */
export function renderReader(key, mode, url) {
  const root = createListRoot();
  root.render(createElement(readers[mode], createProps(key, url)));
  requestAnimationFrame(countFrame);
}

let finished;

/** Starts to count messages and renders; the count ends when the component has seen message number `n`. */
export function startCount(n) {
  counts.seenBefore += counts.seen;
  Object.assign(counts, { seen: 0, renders: 0, frames: 0, rendersAtFrame: 0, mostInFrame: 0 });
  finished = new Promise((resolve) => {
    end = { n, resolve };
  });
}

/** Waits for the end of the count and returns it. */
export async function finishCount() {
  await finished;
  const { seen, renders, frames, mostInFrame, rendersAtFrame } = counts;
  return { seen, renders, frames, mostInFrame: Math.max(mostInFrame, renders - rendersAtFrame) };
}
