export { type Inspected, WebSocketInspector, type WebSocketInspectorProps } from './WebSocketInspector.js';
