import type { ReactElement } from 'react';

/** One row of a list of counts. */
export function CountRow({
  name,
  value,
}: {
  readonly name: string;
  readonly value: number | string;
}): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{typeof value === 'number' ? value.toLocaleString('en-US') : value}</dd>
    </div>
  );
}
