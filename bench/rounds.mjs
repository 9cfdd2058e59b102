/** @typedef {{ name: string; samples: object[]; reference?: Row }} Row */

/**
 * Measures everybody once in each round, so that what is compared was measured side by side: those whom a case calls
 * neighbours one after the other. Every round begins with another one, so that nobody always has the same
 * predecessor.
 */
export async function runRounds(measured, { rounds, onSample, ...context }) {
  const { browser, server } = context;
  const { entries, isReference, sample, neighbourhood = () => '' } = measured;
  /** @type {Row[]} */
  const rows = entries.map((entry) => ({ ...entry, samples: [] }));
  for (const row of rows) row.reference = rows.find((other) => isReference(other, row));
  const turns = [...rows].sort((one, two) => neighbourhood(one).localeCompare(neighbourhood(two)));
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < turns.length; turn += 1) {
      const row = turns[(turn + round) % turns.length];
      const path = `${measured.id}-${round}-${turn}`;
      onSample(`${measured.id} ${round + 1}/${rounds}: ${row.name}`);
      await browser.open(server.page);
      row.samples.push(await within(120_000, row.name, sample(row, { ...context, path })));
    }
  }
  return rows;
}

function within(ms, name, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} takes longer than ${ms / 1000} s.`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
