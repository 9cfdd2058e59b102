/* global requestAnimationFrame */
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { FakeSocket } from '../node/fakeSocket.mjs';
import { createPlot, enter, inTask } from './place.js';

let renders = 0;
let root;
let users;

/** Each kind of component; what the hook returns is read, as a component would. */
const kinds = {
  plain() {
    renders += 1;
    return createElement('li', null, 'quiet');
  },
  useOwn({ contestant, place }) {
    renders += 1;
    return createElement('li', null, contestant.useOwn(place));
  },
  useShared({ contestant, place }) {
    renders += 1;
    const { status, readyState } = contestant.useShared(place);
    return createElement('li', null, status ?? readyState);
  },
  useSharedLatest({ contestant, place }) {
    renders += 1;
    return createElement('li', null, contestant.useSharedLatest(place)?.price ?? 'quiet');
  },
};

/** Everything that is mounted from now on belongs to this contestant and uses sockets without a network. */
export function enterTogether(key, url) {
  globalThis.WebSocket = FakeSocket;
  users = enter(key, url);
  root = createPlot();
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** How many sockets so many components of this kind need. */
const socketsOf = (kind, count) => ({ plain: 0, useOwn: count })[kind] ?? 1;

/** Mounts so many components in one go and waits until every socket is open and shown; returns how often they rendered. */
export async function mountTogether(kind, count) {
  renders = 0;
  const socketsBefore = FakeSocket.made;
  const children = Array.from({ length: count }, (_, index) =>
    createElement(kinds[kind], { ...users, index, key: index }),
  );
  await inTask(() => flushSync(() => root.render(children)));
  const wanted = socketsBefore + socketsOf(kind, count);
  while (FakeSocket.made < wanted || FakeSocket.opening > 0) await nextTask();
  await nextFrame();
  return { renders: renders / count, sockets: FakeSocket.made - socketsBefore };
}

/** Twice, because React keeps what it has rendered last but one. */
export async function unmountTogether() {
  await inTask(() => flushSync(() => root.render(null)));
  await inTask(() => flushSync(() => root.render(null)));
}
