import type { FleetReport } from '../../bench/fleet/fleetStatistics.mjs';

/** What a simulation starts from. Delays are in ms, as in the option `reconnect`. */
export interface FleetSettings {
  readonly clients: number;
  /** The code that closes all connections. */
  readonly code: 1006 | 1012;
  /** Seconds until the server accepts connections again. */
  readonly downtime: number;
  /** Handshakes per second that the server can do. */
  readonly acceptRate: number;
  readonly minDelay: number;
  readonly maxDelay: number;
  readonly widenAfter: number;
  readonly widenTo: number;
}

/** The policies of the comparison, in the order they are shown. */
export const POLICY_NAMES = ['This library', 'Full jitter', 'Exponential backoff', 'Fixed delay'] as const;

/** The name of a simulated policy. */
export type PolicyName = (typeof POLICY_NAMES)[number];

/** One policy so far. */
export interface FleetRun {
  readonly name: PolicyName;
  readonly report: FleetReport;
  readonly isDone: boolean;
}

/** What the worker sends: all policies at one moment of the simulated time. */
export interface FleetProgress {
  /** Simulated ms since the close. */
  readonly time: number;
  readonly runs: readonly FleetRun[];
  readonly isDone: boolean;
}

/** Simulated ms after which a run ends although clients are not back. */
export const LIMIT_MS = 15 * 60_000;

/** What each policy does, with the reader's numbers. */
export function describePolicy(name: PolicyName, settings: FleetSettings): string {
  const { minDelay, maxDelay, widenTo } = settings;
  const seconds = (ms: number): string => `${Number((ms / 1_000).toFixed(2))} s`;
  switch (name) {
    case 'This library':
      return `random in ${seconds(minDelay)} to ${seconds(maxDelay)}; after a refused attempt in the last part of the window`;
    case 'Full jitter':
      return `random in 0 to ${seconds(minDelay)} × 2ⁿ, at most ${seconds(maxDelay)}`;
    case 'Exponential backoff':
      return `${seconds(minDelay)} × 2ⁿ, at most ${seconds(widenTo)}, without randomness`;
    case 'Fixed delay':
      return `always ${seconds(maxDelay)}`;
  }
}
