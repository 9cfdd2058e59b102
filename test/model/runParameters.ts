/**
 * How many sequences are played, and which. A failure names the seed and the path; to see it again:
 *
 *     MODEL_SEED=… MODEL_PATH=… npx vitest run --project unit test/model/core.test.ts
 *
 * The sequences are the same every time, so that a failure is about a change and not about luck. `MODEL_RUNS=10` plays
 * ten times as many, and `MODEL_SEED=new` plays others.
 */
const { MODEL_SEED = '1012', MODEL_PATH, MODEL_RUNS = '1' } = process.env;

export const seed = MODEL_SEED === 'new' ? Date.now() & 0x7fffffff : Number(MODEL_SEED);

/** The parameters of `fc.assert`. */
export function runParameters(count: number) {
  const numRuns = Math.ceil(count * Number(MODEL_RUNS));
  console.info(`${numRuns} sequences, MODEL_SEED=${seed}`);
  return { seed, numRuns, includeErrorInReport: true, ...(MODEL_PATH !== undefined && { path: MODEL_PATH }) };
}

export const MINUTE = 60_000;
