import type { ReactElement, ReactNode } from 'react';

/** A button. One that toggles something also has `isPressed`. */
export function ActionButton({
  onClick,
  isPressed,
  isPrimary = false,
  children,
}: {
  readonly onClick: () => void;
  readonly isPressed?: boolean | undefined;
  /** @default false */
  readonly isPrimary?: boolean | undefined;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <button
      type="button"
      className={isPrimary ? 'button primary' : 'button'}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
