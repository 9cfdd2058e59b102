import { useCallback, useEffect, useRef, useState } from 'react';

import type { FleetProgress, FleetSettings } from './fleet.js';

/** A simulation and its settings, which the reader may have changed in the form since. */
export interface Fleet {
  readonly settings: FleetSettings;
  /** `null` until the worker has reported. */
  readonly progress: FleetProgress | null;
  readonly isRunning: boolean;
  readonly run: (settings: FleetSettings) => void;
  readonly stop: () => void;
}

/** Runs simulations in a worker; a new one replaces the previous one. The first one starts on mount. */
export function useFleet(initial: FleetSettings): Fleet {
  const [settings, setSettings] = useState(initial);
  const [progress, setProgress] = useState<FleetProgress | null>(null);
  const [isRunning, setRunning] = useState(true);
  const worker = useRef<Worker | null>(null);

  const start = useCallback((wanted: FleetSettings) => {
    worker.current?.terminate();
    const created = new Worker(new URL('./fleetWorker.ts', import.meta.url), { type: 'module' });
    worker.current = created;
    created.onmessage = ({ data }: MessageEvent<FleetProgress>) => {
      setProgress(data);
      if (data.isDone) setRunning(false);
    };
    created.postMessage(wanted);
  }, []);

  const [firstSettings] = useState(initial);
  useEffect(() => {
    start(firstSettings);
    return () => worker.current?.terminate();
  }, [start, firstSettings]);

  return {
    settings,
    progress,
    isRunning,
    run(wanted) {
      setSettings(wanted);
      setProgress(null);
      setRunning(true);
      start(wanted);
    },
    stop() {
      worker.current?.terminate();
      setRunning(false);
    },
  };
}
