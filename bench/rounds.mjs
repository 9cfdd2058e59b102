/** @typedef {{ name: string; samples: object[]; reference?: Row }} Row */

const SAMPLE_LIMIT_MS = 120_000;

/**
 * Measures every entry of a case once per round, so that the samples that a ratio compares were taken close to each
 * other. Entries of the same group follow each other. Each round starts with a different entry, so that no entry
 * always has the same predecessor.
 */
export async function runRounds(benchmarkCase, { rounds, onSample, ...context }) {
  const { browser, server } = context;
  const { id, entries, isReference, measure, groupOf = () => '' } = benchmarkCase;
  /** @type {Row[]} */
  const rows = entries.map((entry) => ({ ...entry, samples: [] }));
  for (const row of rows) row.reference = rows.find((other) => isReference(other, row));
  const ordered = [...rows].sort((one, two) => groupOf(one).localeCompare(groupOf(two)));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < ordered.length; turn += 1) {
      const row = ordered[(turn + round) % ordered.length];
      const path = `${id}-${round}-${turn}`;
      onSample(`${id} ${round + 1}/${rounds}: ${row.name}`);
      await browser.open(server.page);
      row.samples.push(await withTimeout(row.name, measure(row, { ...context, path })));
    }
  }
  return rows;
}

function withTimeout(name, promise) {
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${name} took longer than ${SAMPLE_LIMIT_MS / 1000} s.`)),
      SAMPLE_LIMIT_MS,
    );
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
