import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';

import { MAX_HEIGHT, MIN_HEIGHT } from './settingsStore.js';

/** How far an arrow key moves the edge, in pixels. */
const KEY_STEP = 20;

/** The edge of the panel, which is dragged or moved with the arrow keys. */
export function ResizeHandle({
  height,
  isAtTop,
  onResize,
}: {
  readonly height: number;
  /** Whether it is the upper edge, which makes the panel higher when it moves up. */
  readonly isAtTop: boolean;
  readonly onResize: (height: number) => void;
}): ReactElement {
  const grow = (pixels: number): void =>
    onResize(Math.round(Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, height + pixels))));
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    grow(KEY_STEP * direction * (isAtTop ? 1 : -1));
  };
  const onPointerMove = ({ buttons, movementY }: PointerEvent): void => {
    if (buttons === 1) grow(isAtTop ? -movementY : movementY);
  };
  return (
    <div
      className={`rwh-resize${isAtTop ? '' : ' rwh-resize-bottom'}`}
      role="separator"
      aria-label="Height of the panel"
      aria-orientation="horizontal"
      aria-valuenow={height}
      aria-valuemin={MIN_HEIGHT}
      aria-valuemax={MAX_HEIGHT}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={onPointerMove}
    />
  );
}
