import type { ReactElement } from 'react';

/** A line of a list of counts. */
export function Pair({
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
