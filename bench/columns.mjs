import { median, paired, spread } from './statistics.mjs';

const number = (value, digits) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const withSpread = (values, digits, unit = '') => {
  const { median: middle, low, high } = spread(values);
  return `${number(middle, digits)}${unit} (${number(low, digits)}–${number(high, digits)})`;
};

const valuesOf = (row, field) => row.samples.map((sample) => sample[field]);

/** @typedef {{ title: string; show: (row: Row, rows: readonly Row[]) => string }} Column */

/** The median of a measured value and its quartiles. @returns {Column} */
export const column = (title, field, digits = 2) => ({
  title,
  show: (row) => withSpread(valuesOf(row, field), digits),
});

/** A value that hardly differs from round to round: its median. @returns {Column} */
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

/** Round by round in terms of the reference, the median of that and its quartiles. @returns {Column} */
export const ratioTo = (field, title) => ({
  title,
  show(row) {
    if (row.reference === row) return '1';
    return withSpread(ratios(row, row.reference, field), 2, '×');
  },
});

/**
 * The same of what goes beyond the floor: the row of the key that does nothing is taken off both.
 *
 * @returns {Column}
 */
export const ratioBeyond = (floorKey, field, title) => ({
  title,
  show(row, rows) {
    const floor = rows.find(({ key }) => key === floorKey);
    if (row === floor) return '0';
    if (row.reference === row) return '1';
    return withSpread(ratiosBeyond(floor, row, field), 2, '×');
  },
});

export function ratiosBeyond(floor, row, field) {
  const [lows, values, references] = [floor, row, row.reference].map((one) => valuesOf(one, field));
  return values.map((value, round) => (value - lows[round]) / (references[round] - lows[round]));
}

export const ratios = (row, reference, field) => paired(valuesOf(row, field), valuesOf(reference, field));
