/** The globals of a page. Imported first, because React looks for a document when it is imported. */
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
