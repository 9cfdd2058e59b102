import type { CSSProperties, ReactElement } from 'react';

import { formatCount, formatNumber, formatSeconds } from './format.js';
import {
  FRAME_COUNT_MS,
  type FrameCount,
  MAX_SPAN_MS,
  type Mark,
  type Phase,
  type Segment,
  type Timeline,
} from './timelineRecorder.js';
import { useNow } from './useNow.js';

const TICK_MS = 200;
/** The strip shows the shortest of these that holds everything, else the longest. */
const SPANS_MS = [15_000, 30_000, MAX_SPAN_MS];
/** A close has its code as a label unless another label is closer than this share of the strip. */
const LABEL_DISTANCE = 0.08;
/** Half the height of the drawing of the frames. */
const FRAMES_HEIGHT = 10;

const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  idle: 'idle',
  connecting: 'connecting',
  open: 'open',
  waiting: 'waiting',
  attempting: 'reconnecting',
  offline: 'offline',
  closed: 'closed',
  failed: 'failed',
};

/** Converts a time to a share of the strip. */
type ToShare = (at: number) => number;

/** Draws the states of a connection over time, with attempts, closes and frames as marks, and the newest on the right. */
export function TimelineStrip({
  timeline,
  isRunning,
  isCompact = false,
}: {
  readonly timeline: Timeline;
  /** Whether the strip moves on with the time. */
  readonly isRunning: boolean;
  /** Without axis, labels and legend. */
  readonly isCompact?: boolean;
}): ReactElement | null {
  const tick = useNow(TICK_MS, isRunning);
  const { segments, marks, frames } = timeline;
  const newest = segments.at(-1);
  if (!newest) return null;
  const now = Math.max(tick, newest.from, marks.at(-1)?.at ?? 0, frames.at(-1)?.at ?? 0);
  const age = now - (segments[0]?.from ?? now);
  const span = SPANS_MS.find((shown) => shown >= age) ?? MAX_SPAN_MS;
  const from = now - span;
  const toShare: ToShare = (at) => (at - from) / span;
  const shown: Timeline = {
    segments: segments.filter(({ to }) => to === null || to > from),
    marks: marks.filter(({ at }) => at >= from),
    frames: frames.filter(({ at }) => at >= from),
  };
  return (
    <div className={`rwh-timeline${isCompact ? ' rwh-compact' : ''}`}>
      <div role="img" aria-label={summarize(shown, from, now)}>
        <Marks marks={shown.marks} toShare={toShare} hasLabels={!isCompact} />
        <div className="rwh-phases">
          {shown.segments.map((segment) => (
            <Bar key={segment.id} segment={segment} from={from} now={now} />
          ))}
        </div>
        <Frames frames={shown.frames} from={from} span={span} />
        {!isCompact && <Axis span={span} />}
      </div>
      {!isCompact && <Legend />}
    </div>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

function Bar({
  segment: { phase, from: start, to },
  from,
  now,
}: {
  readonly segment: Segment;
  readonly from: number;
  readonly now: number;
}): ReactElement {
  const left = Math.max(start, from);
  const span = now - from;
  const style: CSSProperties = {
    left: percent((left - from) / span),
    width: percent(((to ?? now) - left) / span),
  };
  return (
    <div className={`rwh-phase rwh-phase-${phase}`} style={style} title={PHASE_LABELS[phase]}>
      <span>{PHASE_LABELS[phase]}</span>
    </div>
  );
}

function Marks({
  marks,
  toShare,
  hasLabels,
}: {
  readonly marks: readonly Mark[];
  readonly toShare: ToShare;
  readonly hasLabels: boolean;
}): ReactElement {
  const labelled = hasLabels ? chooseLabels(marks, toShare) : [];
  return (
    <div className="rwh-marks">
      {marks.map(({ id, at, code }) => {
        const share = toShare(at);
        const style: CSSProperties = { left: percent(share) };
        if (code === null) return <span key={id} className="rwh-mark-attempt" style={style} />;
        return (
          <span key={id} className="rwh-mark-close" style={style}>
            {labelled.includes(id) && <b className={share > 0.92 ? 'rwh-at-end' : undefined}>{code}</b>}
          </span>
        );
      })}
    </div>
  );
}

/** The closes that are far enough from the previous label to have their own. */
function chooseLabels(marks: readonly Mark[], toShare: ToShare): readonly number[] {
  const chosen: number[] = [];
  let previous = -1;
  for (const { id, at, code } of marks) {
    const share = toShare(at);
    if (code === null || share - previous < LABEL_DISTANCE) continue;
    chosen.push(id);
    previous = share;
  }
  return chosen;
}

/** Sent frames point up and received ones down, the higher the more there were. */
function Frames({
  frames,
  from,
  span,
}: {
  readonly frames: readonly FrameCount[];
  readonly from: number;
  readonly span: number;
}): ReactElement {
  const draw = (direction: 'sent' | 'received', sign: 1 | -1): string =>
    frames
      .filter((count) => count[direction] > 0)
      .map((count) => {
        const height = Math.min(FRAMES_HEIGHT - 1, 6 + 1.5 * Math.log10(count[direction]));
        return `M${((count.at - from) / FRAME_COUNT_MS).toFixed(1)} ${FRAMES_HEIGHT - sign}v${(-sign * height).toFixed(1)}`;
      })
      .join('');
  return (
    <svg
      className="rwh-frames"
      viewBox={`0 0 ${span / FRAME_COUNT_MS} ${2 * FRAMES_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="rwh-frames-sent" d={draw('sent', 1)} />
      <path className="rwh-frames-received" d={draw('received', -1)} />
    </svg>
  );
}

/** The age of what is shown, in seconds. */
function Axis({ span }: { readonly span: number }): ReactElement {
  const seconds = span / 1_000;
  const ages = [seconds, (seconds * 2) / 3, seconds / 3];
  return (
    <div className="rwh-axis">
      {ages.map((age) => (
        <span key={age} style={{ left: percent(1 - age / seconds) }}>
          {age} s ago
        </span>
      ))}
      <span className="rwh-axis-now">now</span>
    </div>
  );
}

function Legend(): ReactElement {
  return (
    <ul className="rwh-legend" aria-label="Legend of the timeline">
      <li>
        <span className="rwh-mark-attempt" aria-hidden="true" /> attempt
      </li>
      <li>
        <span className="rwh-mark-close" aria-hidden="true" /> close
      </li>
      <li>
        <i className="rwh-key-sent" aria-hidden="true" /> sent
      </li>
      <li>
        <i className="rwh-key-received" aria-hidden="true" /> received
      </li>
    </ul>
  );
}

/** The strip as a text, for screen readers. */
function summarize({ segments, marks, frames }: Timeline, from: number, now: number): string {
  const phases = segments
    .slice(-6)
    .map(
      ({ phase, from: start, to }) =>
        `${PHASE_LABELS[phase]} ${formatSeconds((to ?? now) - Math.max(start, from), 1)}`,
    );
  const codes = marks.flatMap(({ code }) => (code === null ? [] : [code]));
  const sum = (direction: 'sent' | 'received'): number =>
    frames.reduce((total, count) => total + count[direction], 0);
  return [
    `Timeline of the last ${formatSeconds(now - from, 0)}: ${phases.join(', then ')}.`,
    `${formatCount(marks.length - codes.length, 'attempt')},`,
    codes.length > 0 ? `${formatCount(codes.length, 'close')} (${codes.slice(-6).join(', ')}),` : 'no close,',
    `${formatCount(sum('sent'), 'frame')} sent, ${formatNumber(sum('received'))} received.`,
  ].join(' ');
}
