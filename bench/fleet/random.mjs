/** Seeded random numbers, with one stream per client, so that what one client draws does not affect another. */

/** The finalizer of MurmurHash3: every bit of the input affects every bit of the output. */
function mix(value) {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * A random number in [0, 1) that is the same for the same arguments: for values that a client has for a whole run.
 *
 * @param {number} seed
 * @param {number} client
 * @param {number} purpose
 */
export function fixedDraw(seed, client, purpose) {
  return mix(mix(mix(seed + 0x9e3779b9) ^ client) + Math.imul(purpose, 0x85157af5)) / 2 ** 32;
}

/**
 * One xoroshiro64** generator per client.
 *
 * @param {number} seed
 * @param {number} clients
 * @param {number} purpose different purposes have different streams
 * @returns {(client: number) => number} the next number of that client's stream, in [0, 1)
 */
export function createStreams(seed, clients, purpose) {
  const state = new Uint32Array(2 * clients);
  for (let client = 0; client < clients; client += 1) {
    state[2 * client] = fixedDraw(seed, client, 2 * purpose) * 2 ** 32;
    state[2 * client + 1] = fixedDraw(seed, client, 2 * purpose + 1) * 2 ** 32 || 1;
  }
  return (client) => {
    const at = 2 * client;
    const low = state[at];
    const high = state[at + 1] ^ low;
    const scrambled = Math.imul(low, 0x9e3779bb);
    state[at] = ((low << 26) | (low >>> 6)) ^ high ^ (high << 9);
    state[at + 1] = (high << 13) | (high >>> 19);
    return (Math.imul((scrambled << 5) | (scrambled >>> 27), 5) >>> 0) / 2 ** 32;
  };
}
