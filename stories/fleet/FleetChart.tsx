import { type ReactElement, useSyncExternalStore } from 'react';

import { BIN_MS, type FleetReport } from '../../bench/fleet/fleetStatistics.mjs';

/** The axes that all charts of a comparison share. */
export interface ChartScale {
  /** The end of the time axis in ms. */
  readonly end: number;
  /** The most attempts in 100 ms of any policy. */
  readonly peak: number;
  /** When the server accepts connections again, in ms. */
  readonly downtime: number;
}

const WIDE_WIDTH = 720;
const NARROW_WIDTH = 320;
const HEIGHT = 150;
const LEFT = 40;
const RIGHT = 44;
const TOP = 10;
const BOTTOM = 22;
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
const COLUMNS = 240;
const TICKS = [10, 100, 1_000, 10_000, 100_000];

const round = (value: number): number => Number(value.toFixed(1));

const narrowScreen = matchMedia('(width < 40rem)');

function subscribeToWidth(listener: () => void): () => void {
  narrowScreen.addEventListener('change', listener);
  return () => narrowScreen.removeEventListener('change', listener);
}

/** Attempts per 100 ms as an area and connected clients as a line, over simulated time. */
export function FleetChart({
  report,
  scale: { end, peak, downtime },
  label,
}: {
  readonly report: FleetReport;
  readonly scale: ChartScale;
  /** The text alternative. */
  readonly label: string;
}): ReactElement {
  const isNarrow = useSyncExternalStore(subscribeToWidth, () => narrowScreen.matches);
  const width = isNarrow ? NARROW_WIDTH : WIDE_WIDTH;
  const plotWidth = width - LEFT - RIGHT;
  const floor = TOP + PLOT_HEIGHT;
  const toX = (ms: number): number => LEFT + (plotWidth * Math.min(ms, end)) / end;
  // A square root keeps peaks of 300 and of 10,000 readable in one picture.
  const toY = (attempts: number): number => floor - PLOT_HEIGHT * Math.sqrt(attempts / peak);
  const step = chooseStep(end, isNarrow ? 5 : 10);
  return (
    <svg className="fleet-chart" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
      {TICKS.filter((tick) => tick <= peak)
        .slice(-3)
        .map((tick) => (
          <g key={tick}>
            <path className="fleet-grid" d={`M${LEFT} ${round(toY(tick))}h${plotWidth}`} />
            <text x={LEFT - 6} y={round(toY(tick) + 4)} textAnchor="end">
              {tick >= 1_000 ? `${tick / 1_000}k` : tick}
            </text>
          </g>
        ))}
      {Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step).map((time) => (
        <text key={time} x={round(toX(time))} y={floor + 16} textAnchor="middle">
          {time / 1_000}
          {time === 0 && ' s'}
        </text>
      ))}
      <text x={width - RIGHT + 4} y={TOP + 6}>
        100 %
      </text>
      <text x={width - RIGHT + 4} y={floor}>
        0 %
      </text>
      {downtime > 0 && <path className="fleet-up" d={`M${round(toX(downtime))} ${TOP}V${floor}`} />}
      <path className="fleet-attempts" d={drawAttempts(report, end, toX, toY, floor)} />
      <path className="fleet-connected" d={drawConnected(report, end, toX, floor)} />
      <path className="fleet-axis" d={`M${LEFT} ${floor}h${plotWidth}`} />
    </svg>
  );
}

/** The most attempts of any 100 ms in each column, as steps. */
function drawAttempts(
  { dialsPerBin }: FleetReport,
  end: number,
  toX: (ms: number) => number,
  toY: (attempts: number) => number,
  floor: number,
): string {
  const bins = end / BIN_MS / COLUMNS;
  let path = `M${LEFT} ${floor}`;
  for (let column = 0; column < COLUMNS; column += 1) {
    const from = Math.floor(column * bins);
    if (from >= dialsPerBin.length) break;
    const to = Math.max(from + 1, Math.floor((column + 1) * bins));
    const most = Math.max(0, ...dialsPerBin.slice(from, to));
    path += `V${round(most === 0 ? floor : toY(most))}H${round(toX(((column + 1) * end) / COLUMNS))}`;
  }
  return `${path}V${floor}z`;
}

function drawConnected(
  { clients, connectedPerBin }: FleetReport,
  end: number,
  toX: (ms: number) => number,
  floor: number,
): string {
  const bins = Math.max(1, Math.floor(end / BIN_MS / COLUMNS));
  let path = `M${LEFT} ${TOP}`;
  for (let bin = 0; bin < connectedPerBin.length && bin * BIN_MS <= end; bin += bins) {
    const share = (connectedPerBin[bin] ?? 0) / clients;
    path += `L${round(toX((bin + 1) * BIN_MS))} ${round(floor - PLOT_HEIGHT * share)}`;
  }
  return path;
}

function chooseStep(end: number, ticks: number): number {
  return (
    [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000].find((step) => end / step <= ticks) ?? 200_000
  );
}
