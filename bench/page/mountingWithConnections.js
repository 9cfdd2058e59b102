/* global requestAnimationFrame */
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { FakeSocket } from '../node/fakeSocket.mjs';
import { componentOf, renders } from './components.js';
import { createListRoot, createProps, runInTask } from './rendering.js';

let props;
let root;

/** Chooses the implementation that the other functions use, with sockets that have no network. */
export function prepareFakeSockets(key, url) {
  globalThis.WebSocket = FakeSocket;
  props = createProps(key, url);
  root = createListRoot();
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** The number of sockets that components with this hook open. */
const socketsOf = (hook, components) => ({ none: 0, useOwn: components })[hook] ?? 1;

/** Mounts components in one commit, waits until their sockets are open and rendered, and counts renders and sockets. */
export async function mountWithConnections(hook, components) {
  renders.count = 0;
  const socketsBefore = FakeSocket.created;
  const children = Array.from({ length: components }, (_, index) =>
    createElement(componentOf[hook], { ...props, index, key: index }),
  );
  await runInTask(() => flushSync(() => root.render(children)));
  const expected = socketsBefore + socketsOf(hook, components);
  while (FakeSocket.created < expected || FakeSocket.opening > 0) await nextTask();
  await nextFrame();
  return { renders: renders.count / components, sockets: FakeSocket.created - socketsBefore };
}

/** Renders an empty list twice, because React retains the tree before the current one. */
export async function unmountWithConnections() {
  await runInTask(() => flushSync(() => root.render(null)));
  await runInTask(() => flushSync(() => root.render(null)));
}
