/**
 * A table: rows of cells, of which the first are the column titles.
 *
 * @typedef {readonly (readonly string[])[]} Cells
 */

/** @param {Cells} cells */
export function textTable(cells) {
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  '),
    )
    .join('\n');
}

/** @param {Cells} cells */
export function markdownTable([titles, ...rows]) {
  const alignment = titles.map((_, column) => (column === 0 ? '---' : '---:'));
  return [titles, alignment, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
