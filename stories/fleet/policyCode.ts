/** The library's own policy code for the fleet laboratory. Stories import internals of the library here only. */
export { backoff } from '../../src/core/backoff.js';
export { CALM, closePolicy } from '../../src/core/closePolicy.js';
export { createConnection } from '../../src/core/index.js';
export { resolveReconnect } from '../../src/core/reconnectRules.js';
