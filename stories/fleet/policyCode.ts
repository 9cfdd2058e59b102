/** The library's own policy code for the fleet laboratory. These are internals: applications cannot import them. */
export { backoff } from '../../src/core/reconnect/backoff.js';
export { decideClose } from '../../src/core/reconnect/decideClose.js';
export { NO_OUTAGE } from '../../src/core/reconnect/outage.js';
export { createConnection } from '../../src/core/index.js';
export { resolveReconnect, ruleFor } from '../../src/core/reconnect/reconnectRules.js';
