import type { ReactElement } from 'react';

interface Props {
  /** One without a name stands above the names of the rows. */
  readonly columns: readonly string[];
  /** The first cell of a row names it. What stands between backticks becomes code. */
  readonly rows: readonly (readonly string[])[];
  /** Whether the cells are figures, which are compared by their last digit. */
  readonly areFigures?: boolean;
}

/** A table of texts: MDX has none of its own. */
export function GuideTable({ columns, rows, areFigures = false }: Props): ReactElement {
  return (
    <table>
      <thead>
        <tr>
          {columns.map((column) =>
            column === '' ? (
              <td key={column} />
            ) : (
              <th key={column} scope="col">
                {column}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name = '', ...cells]) => (
          <tr key={name}>
            <th scope="row">{withCode(name)}</th>
            {cells.map((cell, index) => (
              <td key={columns[index + 1]} style={areFigures ? { textAlign: 'right' } : undefined}>
                {withCode(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function withCode(text: string): readonly (ReactElement | string)[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
