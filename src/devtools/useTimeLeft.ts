import { useEffect, useState } from 'react';

/** How often the number moves, in ms. */
const TICK = 100;

/** The time until a moment, in ms; a component that shows it has that moment as `key`. */
export function useTimeLeft(until: number): number {
  const [left, setLeft] = useState(() => until - Date.now());

  useEffect(() => {
    const timer = setInterval(() => setLeft(until - Date.now()), TICK);
    return () => clearInterval(timer);
  }, [until]);

  return Math.max(0, left);
}
