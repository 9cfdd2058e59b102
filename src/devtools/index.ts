export type { InspectedConnection as Inspected } from './connectionRecorder.js';
export { WebSocketInspector, type WebSocketInspectorProps } from './WebSocketInspector.js';
export type { DevtoolsPosition } from './settingsStore.js';
export { WebSocketDevtools, type WebSocketDevtoolsProps } from './WebSocketDevtools.js';
