import { type CSSProperties, type ReactElement, useId } from 'react';

import { formatCount, formatSeconds, formatTime } from './format.js';
import type { Mark, Phase, Segment, Timeline } from './timeline.js';
import './timeline.css';
import { useNow } from './useNow.js';

/** How often the strip moves, in ms. */
const TICK_MS = 100;
/** The strip shows at least and at most so much time. */
const MIN_SPAN_MS = 12_000;
const MAX_SPAN_MS = 60_000;
/** Frames that are closer together than this share of the strip become one mark. */
const FRAME_BUCKETS = 150;
/** A close gets its code as a label unless the previous label is closer than this share of the strip. */
const LABEL_DISTANCE = 0.07;

const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  idle: 'idle',
  connecting: 'connecting',
  open: 'open',
  waiting: 'waiting',
  attempting: 'connecting',
  offline: 'offline',
  closed: 'closed',
  failed: 'failed',
};

const PHASE_TONES: Readonly<Record<Phase, string>> = {
  idle: 'tone-idle',
  connecting: 'tone-connecting',
  open: 'tone-open',
  waiting: 'tone-reconnecting',
  attempting: 'tone-connecting',
  offline: 'tone-idle',
  closed: 'tone-closed',
  failed: 'tone-failed',
};

/** Draws the states of a connection over time, with attempts, closes and frames as marks. */
export function TimelineStrip({
  timeline,
  isCompact = false,
}: {
  readonly timeline: Timeline;
  /**
   * Whether to draw the strip only. The strip itself has a text alternative.
   * @default false
   */
  readonly isCompact?: boolean | undefined;
}): ReactElement {
  const headingId = useId();
  const now = useNow(TICK_MS);
  const start = timeline.segments[0]?.from ?? now;
  const span = Math.min(MAX_SPAN_MS, Math.max(MIN_SPAN_MS, now - start));
  const from = Math.max(start, now - span);
  const toShare = (at: number): number => (Math.min(at, now) - from) / span;
  const segments = timeline.segments.filter(({ to }) => to === null || to > from);
  const marks = timeline.marks.filter(({ at }) => at >= from);
  return (
    <figure className="timeline" aria-labelledby={headingId}>
      <figcaption id={headingId} className={isCompact ? 'visually-hidden' : undefined}>
        Timeline
      </figcaption>
      <div className="timeline-strip" role="img" aria-label={summarize(segments, marks, now, from)}>
        <Labels marks={marks} toShare={toShare} />
        <div className="timeline-phases">
          {segments.map((segment) => (
            <Bar key={segment.id} segment={segment} from={from} now={now} span={span} />
          ))}
        </div>
        <Frames marks={marks} toShare={toShare} />
        <Axis from={from - start} span={span} />
      </div>
      {!isCompact && <Legend />}
      {!isCompact && <AsText timeline={timeline} now={now} />}
    </figure>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

function Bar({
  segment: { phase, from: begin, to },
  from,
  now,
  span,
}: {
  readonly segment: Segment;
  readonly from: number;
  readonly now: number;
  readonly span: number;
}): ReactElement {
  const left = Math.max(begin, from);
  const width = Math.max(0, Math.min(to ?? now, now) - left);
  const style = { left: percent((left - from) / span), width: percent(width / span) };
  return (
    <div className={`timeline-bar phase-${phase} ${PHASE_TONES[phase]}`} style={style}>
      <span>{PHASE_LABELS[phase]}</span>
    </div>
  );
}

/** Attempts and closes. */
function Labels({ marks, toShare }: MarksProps): ReactElement {
  const labelled = chooseLabels(marks, toShare);
  return (
    <div className="timeline-labels">
      {marks.map(({ id, at, type, code }) => {
        const share = toShare(at);
        const style = { left: percent(share) } satisfies CSSProperties;
        if (type === 'attempt') return <span key={id} className="timeline-attempt" style={style} />;
        if (type !== 'close') return null;
        return (
          <span key={id} className="timeline-close" style={style}>
            {labelled.has(id) && <b className={share > 0.93 ? 'at-end' : undefined}>{code}</b>}
          </span>
        );
      })}
    </div>
  );
}

/** The closes that are far enough from the previous label to get their own. */
function chooseLabels(marks: readonly Mark[], toShare: (at: number) => number): ReadonlySet<number> {
  const chosen = new Set<number>();
  let previous = -1;
  for (const { id, at, type } of marks) {
    const share = toShare(at);
    if (type !== 'close' || share - previous < LABEL_DISTANCE) continue;
    chosen.add(id);
    previous = share;
  }
  return chosen;
}

interface MarksProps {
  readonly marks: readonly Mark[];
  readonly toShare: (at: number) => number;
}

/** Sent frames point up, received ones down. */
function Frames({ marks, toShare }: MarksProps): ReactElement {
  const bucketsOf = (type: Mark['type']): readonly number[] => [
    ...new Set(
      marks.filter((mark) => mark.type === type).map(({ at }) => Math.round(toShare(at) * FRAME_BUCKETS)),
    ),
  ];
  const draw = (type: Mark['type'], y: number): string =>
    bucketsOf(type)
      .map((bucket) => `M${bucket} ${y}v7`)
      .join('');
  return (
    <svg
      className="timeline-frames"
      viewBox={`0 0 ${FRAME_BUCKETS} 18`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="timeline-sent" d={draw('sent', 1)} />
      <path className="timeline-received" d={draw('received', 10)} />
    </svg>
  );
}

/** The time since the recording started, in seconds. */
function Axis({ from, span }: { readonly from: number; readonly span: number }): ReactElement {
  const step = span <= 15_000 ? 2_000 : span <= 35_000 ? 5_000 : 10_000;
  const first = Math.ceil(from / step) * step;
  const ticks = Array.from(
    { length: Math.floor((from + 0.96 * span - first) / step) + 1 },
    (_, i) => first + i * step,
  );
  return (
    <div className="timeline-axis">
      {ticks.map((tick) => (
        <span key={tick} style={{ left: percent((tick - from) / span) }}>
          {tick / 1_000}
          {tick === 0 && ' s'}
        </span>
      ))}
    </div>
  );
}

function Legend(): ReactElement {
  return (
    <ul className="timeline-legend" aria-label="Legend of the timeline">
      <li>
        <span className="timeline-attempt" aria-hidden="true" /> attempt
      </li>
      <li>
        <span className="timeline-close" aria-hidden="true" /> close
      </li>
      <li>
        <i className="legend-frame sent" aria-hidden="true" /> frame sent
      </li>
      <li>
        <i className="legend-frame received" aria-hidden="true" /> frame received
      </li>
    </ul>
  );
}

/** The newest phases as a list. */
function AsText({ timeline, now }: { readonly timeline: Timeline; readonly now: number }): ReactElement {
  return (
    <details className="timeline-text">
      <summary>Timeline as text</summary>
      <ol aria-label="States over time">
        {timeline.segments.slice(-12).map(({ id, phase, from, to }) => (
          <li key={id}>
            <time dateTime={new Date(from).toISOString()}>{formatTime(from)}</time> {PHASE_LABELS[phase]} for{' '}
            {formatSeconds((to ?? Math.max(now, from)) - from, 1)}
            {to === null && ' so far'}
          </li>
        ))}
      </ol>
    </details>
  );
}

function summarize(segments: readonly Segment[], marks: readonly Mark[], now: number, from: number): string {
  const count = (type: Mark['type']): number => marks.filter((mark) => mark.type === type).length;
  const codes = marks.flatMap(({ type, code }) => (type === 'close' ? [code] : []));
  const phases = segments
    .slice(-6)
    .map(
      ({ phase, from: begin, to }) =>
        `${PHASE_LABELS[phase]} ${formatSeconds((to ?? now) - Math.max(begin, from), 1)}`,
    );
  return [
    `Last ${formatSeconds(now - from, 0)}: ${phases.join(', then ') || 'no state yet'}.`,
    `${formatCount(count('attempt'), 'attempt')},`,
    codes.length > 0 ? `${formatCount(codes.length, 'close')} (${codes.slice(-6).join(', ')}),` : 'no close,',
    `${formatCount(count('sent'), 'frame')} sent, ${count('received').toLocaleString('en-US')} received.`,
  ].join(' ');
}
