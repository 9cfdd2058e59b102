import type { ReactElement, ReactNode } from 'react';

/** A button that does something; one that switches something says whether it is on. */
export function Act({
  onAct,
  isOn,
  isPrimary = false,
  children,
}: {
  readonly onAct: () => void;
  readonly isOn?: boolean | undefined;
  /** @default false */
  readonly isPrimary?: boolean | undefined;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <button
      type="button"
      className={isPrimary ? 'button primary' : 'button'}
      aria-pressed={isOn}
      onClick={onAct}
    >
      {children}
    </button>
  );
}
