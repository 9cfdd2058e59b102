import { useEffect, useEffectEvent, useState } from 'react';

interface Throttle<T> {
  readonly call: (value: T) => void;
  readonly cancel: () => void;
}

/** Calls a function at most once per interval, always with the newest value, and also with the last one. */
export function useThrottled<T>(callback: (value: T) => void, intervalMs: number): (value: T) => void {
  const [throttle, setThrottle] = useState<Throttle<T> | null>(null);
  const callNewest = useEffectEvent(callback);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waiting: readonly [T] | null = null;
    const startInterval = (): void => {
      timer = setTimeout(() => {
        timer = undefined;
        if (waiting === null) return;
        const [value] = waiting;
        waiting = null;
        callNewest(value);
        startInterval();
      }, intervalMs);
    };
    const created: Throttle<T> = {
      call(value) {
        if (timer === undefined) {
          callNewest(value);
          startInterval();
        } else waiting = [value];
      },
      cancel: () => clearTimeout(timer),
    };
    setThrottle(created);
    return created.cancel;
  }, [intervalMs]);

  return (value) => throttle?.call(value);
}
