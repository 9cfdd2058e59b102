import { expect, it } from 'vitest';
import { uniformityPValue } from '../../bench/fleet/chiSquare.mjs';
import { bundleLibrary, importLibrary } from '../../bench/fleet/library.mjs';
import { restartSockets } from '../../bench/fleet/realSockets/restartSockets.mjs';

it('spreads the dials of sockets that a real server closes at once, and spreads them again after a refusal', async () => {
  const sockets = 300;
  const library = await importLibrary(await bundleLibrary());
  const { afterClose, afterRefusal, disconnected } = await restartSockets({ sockets, seed: 1, library });

  expect(disconnected).toBe(0);
  for (const { dials, low, high } of [
    { dials: afterClose, low: 1_000, high: 5_000 },
    { dials: afterRefusal, low: 4_000, high: 5_000 },
  ]) {
    const planned = dials.map((dial) => dial.planned);
    const late = dials.map((dial) => dial.actual - dial.planned).sort((a, b) => a - b);
    expect(dials).toHaveLength(sockets);
    expect(Math.min(...planned)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...planned)).toBeLessThanOrEqual(high);
    expect(uniformityPValue(planned, { low, high, bins: 21 })).toBeGreaterThan(0.001);
    // A busy machine delays timers. Node may fire a timer a millisecond early, and clocks may differ by another one.
    expect(late[0]).toBeGreaterThanOrEqual(-3);
    expect(late[sockets / 2]).toBeLessThan(1_000);
  }
}, 60_000);
