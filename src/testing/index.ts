export type { TestWebSocketConstructor } from './webSocketClass.js';
export { createTestServer, type TestServer, type TestServerOptions, type TestSocket } from './testServer.js';
