/** Loaded before everything else: React looks for a document as soon as it is imported. */
import { JSDOM } from 'jsdom';
import { FakeSocket } from './fakeSocket.mjs';

const { window } = new JSDOM('<div id="root"></div>', { pretendToBeVisual: true });

Object.assign(globalThis, {
  window,
  document: window.document,
  requestAnimationFrame: window.requestAnimationFrame,
  cancelAnimationFrame: window.cancelAnimationFrame,
  WebSocket: FakeSocket,
});
