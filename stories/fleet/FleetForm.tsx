import { type ReactElement, type SyntheticEvent, useId } from 'react';

import type { FleetSettings } from './fleet.js';

const CLIENT_COUNTS = [1_000, 10_000, 50_000, 100_000];

type NumberSetting = Exclude<keyof FleetSettings, 'clients' | 'code'>;

const NUMBERS: readonly { readonly name: NumberSetting; readonly label: string; readonly step: number }[] = [
  { name: 'downtime', label: 'Downtime (s)', step: 1 },
  { name: 'acceptRate', label: 'Server accepts per second', step: 50 },
  { name: 'minDelay', label: 'minDelay (ms)', step: 250 },
  { name: 'maxDelay', label: 'maxDelay (ms)', step: 500 },
  { name: 'widenAfter', label: 'widenAfter (attempts)', step: 1 },
  { name: 'widenTo', label: 'widenTo (ms)', step: 1_000 },
];

/** The settings of the laboratory. */
export function FleetForm({
  settings,
  problem,
  isRunning,
  onChange,
  onSubmit,
  onStop,
}: {
  readonly settings: FleetSettings;
  /** What is wrong with the settings. */
  readonly problem: string | null;
  readonly isRunning: boolean;
  readonly onChange: (settings: FleetSettings) => void;
  readonly onSubmit: (event: SyntheticEvent) => void;
  readonly onStop: () => void;
}): ReactElement {
  const id = useId();
  return (
    <form className="fleet-form" aria-label="Settings" onSubmit={onSubmit}>
      <label htmlFor={`${id}clients`}>Clients</label>
      <select
        id={`${id}clients`}
        value={settings.clients}
        onChange={({ target }) => onChange({ ...settings, clients: Number(target.value) })}
      >
        {CLIENT_COUNTS.map((count) => (
          <option key={count} value={count}>
            {count.toLocaleString('en-US')}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}code`}>Close code</label>
      <select
        id={`${id}code`}
        value={settings.code}
        onChange={({ target }) => onChange({ ...settings, code: target.value === '1006' ? 1006 : 1012 })}
      >
        <option value={1012}>1012</option>
        <option value={1006}>1006</option>
      </select>
      {NUMBERS.map(({ name, label, step }) => (
        <NumberField
          key={name}
          id={`${id}${name}`}
          label={label}
          step={step}
          value={settings[name]}
          onChange={(value) => onChange({ ...settings, [name]: value })}
        />
      ))}
      {settings.code === 1012 && (
        <p className="fleet-note">
          After a 1012 this library does not widen the window while the server refuses attempts: a restart is
          short.
        </p>
      )}
      <p className="fleet-problem tone-failed" role="alert">
        {problem}
      </p>
      <div className="fleet-buttons">
        <button type="submit" className="button primary" aria-disabled={problem !== null}>
          Run
        </button>
        <button type="button" className="button" aria-disabled={!isRunning} onClick={onStop}>
          Stop
        </button>
      </div>
    </form>
  );
}

function NumberField({
  id,
  label,
  step,
  value,
  onChange,
}: {
  readonly id: string;
  readonly label: string;
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}): ReactElement {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={0}
        step={step}
        value={Number.isNaN(value) ? '' : value}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </>
  );
}
