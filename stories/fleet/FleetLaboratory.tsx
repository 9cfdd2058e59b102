import { type ReactElement, type SyntheticEvent, useId, useState } from 'react';

import { findPolicyProblem } from '../demo/policyProblem.js';
import { formatCount } from '../panel/devtoolsParts.js';
import { describePolicy, type FleetProgress, type FleetRun, type FleetSettings, LIMIT_MS } from './fleet.js';
import { type ChartScale, FleetChart } from './FleetChart.js';
import { FleetForm } from './FleetForm.js';
import './fleet.css';
import { useFleet } from './useFleet.js';

/** Simulates how a fleet of clients reconnects, and compares policies. */
export function FleetLaboratory(initial: FleetSettings): ReactElement {
  const fleet = useFleet(initial);
  const [draft, setDraft] = useState(initial);
  const problem = findProblem(draft);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (problem === null) fleet.run(draft);
  };
  return (
    <div className="demo fleet">
      <FleetForm
        settings={draft}
        problem={problem}
        isRunning={fleet.isRunning}
        onChange={setDraft}
        onSubmit={submit}
        onStop={fleet.stop}
      />
      <Results fleet={fleet} />
    </div>
  );
}

/** What is wrong with the settings; the library itself checks the policy. */
function findProblem({
  acceptRate,
  downtime,
  minDelay,
  maxDelay,
  widenAfter,
  widenTo,
}: FleetSettings): string | null {
  if (!(acceptRate >= 1)) return 'The server must accept at least 1 connection per second.';
  if (!(downtime >= 0 && downtime <= 300)) return 'The downtime must be 0 to 300 seconds.';
  if (Math.max(maxDelay, widenTo) > 300_000) return 'Delays must be at most 300,000 ms.';
  return findPolicyProblem({ minDelay, maxDelay, widenAfter, widenTo });
}

function Results({
  fleet: { settings, progress, isRunning },
}: {
  readonly fleet: ReturnType<typeof useFleet>;
}): ReactElement {
  const headingId = useId();
  const scale = progress && chooseScale(progress, settings);
  return (
    <section className="fleet-results" aria-labelledby={headingId}>
      <header className="fleet-results-header">
        <h2 id={headingId}>{formatCount(settings.clients, 'client')} reconnect</h2>
        <p role="status">
          {isRunning ? 'Simulating …' : progress?.isDone === true ? 'Simulation finished.' : 'Stopped.'}
        </p>
        <p className="fleet-clock" aria-hidden="true">
          {((progress?.time ?? 0) / 1_000).toFixed(1)} s simulated
        </p>
      </header>
      <ul className="fleet-legend" aria-label="Legend of the charts">
        <li>
          <i className="legend-attempts" aria-hidden="true" /> attempts per 100 ms (left axis)
        </li>
        <li>
          <i className="legend-connected" aria-hidden="true" /> connected clients (right axis)
        </li>
        <li>
          <i className="legend-up" aria-hidden="true" /> server accepts again
        </li>
      </ul>
      {progress && scale ? (
        progress.runs.map((run) => (
          <PolicyResult key={run.name} run={run} settings={settings} scale={scale} />
        ))
      ) : (
        <p className="fleet-starting">Starting the simulation …</p>
      )}
    </section>
  );
}

function PolicyResult({
  run: { name, report, isDone },
  settings,
  scale,
}: {
  readonly run: FleetRun;
  readonly settings: FleetSettings;
  readonly scale: ChartScale;
}): ReactElement {
  const headingId = useId();
  const facts = {
    'Peak per 100 ms': report.peak.toLocaleString('en-US'),
    'Attempts in total': report.dials.toLocaleString('en-US'),
    '50 % back after': formatBack(report.reconnectTime50, isDone),
    '99 % back after': formatBack(report.reconnectTime99, isDone),
    '100 % back after': formatBack(report.reconnectTime100, isDone),
  };
  const label = `${name}: ${Object.entries(facts)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ')}`;
  return (
    <article
      className={name === 'This library' ? 'fleet-policy is-library' : 'fleet-policy'}
      aria-labelledby={headingId}
    >
      <div className="fleet-policy-text">
        <h3 id={headingId}>{name}</h3>
        <p>{describePolicy(name, settings)}</p>
      </div>
      <FleetChart report={report} scale={scale} label={label} />
      <dl className="fleet-facts">
        {Object.entries(facts).map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

function formatBack(ms: number, isDone: boolean): string {
  if (Number.isFinite(ms)) return `${(ms / 1_000).toFixed(1)} s`;
  return isDone ? `over ${LIMIT_MS / 60_000} min` : '…';
}

/** The time axis shows this library twice as long as it needs; slower policies run out of the picture. */
function chooseScale({ runs, time }: FleetProgress, { downtime }: FleetSettings): ChartScale {
  const library = runs[0];
  const needed =
    library?.isDone === true && Number.isFinite(library.report.reconnectTime100)
      ? 2 * library.report.reconnectTime100
      : time;
  const end = Math.max(10_000, 1_500 * downtime, needed);
  return {
    end: Math.ceil(end / 5_000) * 5_000,
    peak: Math.max(10, ...runs.map(({ report }) => report.peak)),
    downtime: 1_000 * downtime,
  };
}
