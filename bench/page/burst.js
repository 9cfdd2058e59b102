/* global requestAnimationFrame */
import { createElement, useEffect } from 'react';
import { createPlot, enter } from './place.js';

const counts = { seenBefore: 0, seen: 0, renders: 0, frames: 0, rendersAtFrame: 0, mostInFrame: 0 };
let awaited = null;

function arrived(n) {
  if (!awaited || n < awaited.n) return;
  awaited.resolve();
  awaited = null;
}

/** Requested before anything else is in a frame, so what is rendered between two calls belongs to one frame. */
function countFrame() {
  counts.frames += 1;
  counts.mostInFrame = Math.max(counts.mostInFrame, counts.renders - counts.rendersAtFrame);
  counts.rendersAtFrame = counts.renders;
  requestAnimationFrame(countFrame);
}

function Handler({ contestant, place }) {
  counts.renders += 1;
  contestant.useHandler(place, (message) => {
    counts.seen += 1;
    arrived(message.n);
  });
  return null;
}

function Latest({ contestant, place }) {
  counts.renders += 1;
  const latest = contestant.useLatest(place);
  useEffect(() => {
    if (typeof latest?.n !== 'number') return;
    counts.seen += 1;
    arrived(latest.n);
  }, [latest]);
  return null;
}

const reduce = (state, message) => ({ count: state.count + 1, last: message.n });
const initial = { count: 0, last: -1 };

function Reduced({ contestant, place }) {
  counts.renders += 1;
  const state = contestant.useReduced(place, reduce, initial);
  useEffect(() => {
    counts.seen = state.count - counts.seenBefore;
    arrived(state.last);
  }, [state]);
  return null;
}

const probes = { handler: Handler, latest: Latest, reduced: Reduced };

/** Shows one component that reads every message. */
export function showReader(key, mode, url) {
  const root = createPlot();
  root.render(createElement(probes[mode], enter(key, url)));
  requestAnimationFrame(countFrame);
}

let done;

/** Counts from here on, until the component has seen the message of this number. */
export function countUntil(n) {
  counts.seenBefore += counts.seen;
  Object.assign(counts, { seen: 0, renders: 0, frames: 0, rendersAtFrame: 0, mostInFrame: 0 });
  done = new Promise((resolve) => {
    awaited = { n, resolve };
  });
}

/** Resolves with the counts when it has. */
export async function counted() {
  await done;
  const { seen, renders, frames, mostInFrame, rendersAtFrame } = counts;
  return { seen, renders, frames, mostInFrame: Math.max(mostInFrame, renders - rendersAtFrame) };
}
