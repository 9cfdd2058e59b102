export { createTestServer, type TestServer, type TestServerOptions, type TestSocket } from './testServer.js';
