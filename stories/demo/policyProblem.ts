import { createConnection, type ReconnectOptions } from '../../src/index.js';

/** The message of the error that the library throws for an invalid policy, or `null`. */
export function findPolicyProblem(reconnect: ReconnectOptions | undefined): string | null {
  try {
    createConnection('wss://policy.example', { reconnect });
    return null;
  } catch (error) {
    return error instanceof RangeError ? error.message : String(error);
  }
}
