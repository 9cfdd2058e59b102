export type { InspectedConnection as Inspected } from './connectionRecorder.js';
export { WebSocketInspector, type WebSocketInspectorProps } from './WebSocketInspector.js';
