import { median, pairedRatios, spread } from './statistics.mjs';

const number = (value, digits) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const withSpread = (values, digits, unit = '') => {
  const { median: middle, low, high } = spread(values);
  return `${number(middle, digits)}${unit} (${number(low, digits)}–${number(high, digits)})`;
};

const valuesOf = (row, field) => row.samples.map((sample) => sample[field]);

/** @typedef {{ title: string; show: (row: Row, rows: readonly Row[]) => string }} Column */

/** A measured value: the median and the quartiles. @returns {Column} */
export const column = (title, field, digits = 2) => ({
  title,
  show: (row) => withSpread(valuesOf(row, field), digits),
});

/** A value that hardly varies between rounds: the median. @returns {Column} */
export const fixed = (title, field, digits) => ({
  title,
  show: (row) => number(median(valuesOf(row, field)), digits),
});

/** @returns {Column} */
export const renders = (title, field) => fixed(title, field, 0);

/** @returns {Column} */
export const percent = (title, field) => ({
  title,
  show: (row) => `${number(median(valuesOf(row, field)) * 100, 2)} %`,
});

/** The ratio to the reference in the same round: the median and the quartiles. @returns {Column} */
export const ratioTo = (field, title) => ({
  title,
  show(row) {
    if (row.reference === row) return '1';
    return withSpread(ratios(row, row.reference, field), 2, '×');
  },
});

/**
 * The same ratio after the value of the row with the key `baseKey` has been subtracted from both sides.
 *
 * @returns {Column}
 */
export const ratioWithoutBase = (baseKey, field, title) => ({
  title,
  show(row, rows) {
    const base = rows.find(({ key }) => key === baseKey);
    if (row === base) return '0';
    if (row.reference === row) return '1';
    return withSpread(ratiosWithoutBase(base, row, field), 2, '×');
  },
});

function ratiosWithoutBase(base, row, field) {
  const [bases, values, references] = [base, row, row.reference].map((one) => valuesOf(one, field));
  return values.map((value, round) => (value - bases[round]) / (references[round] - bases[round]));
}

export const ratios = (row, reference, field) =>
  pairedRatios(valuesOf(row, field), valuesOf(reference, field));
