import { useEffect, useState } from 'react';

/** The current time, which is updated while `isRunning`. */
export function useNow(intervalMs: number, isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const update = (): void => setNow(Date.now());
    const timer = setInterval(update, intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs, isRunning]);
  return now;
}
