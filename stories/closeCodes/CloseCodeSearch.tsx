import { type ReactElement, useId, useState } from 'react';

import { type CloseCodeEntry, closeCodes, describeCloseCode } from '../../src/closeCodes/index.js';
import './closeCodes.css';

/** The registered codes that contain every word of the query, or the entry of a number, registered or not. */
function search(query: string): readonly CloseCodeEntry[] {
  const text = query.trim().toLowerCase();
  if (/^\d{4,5}$/.test(text)) return [describeCloseCode(Number(text))];
  const words = text.split(/\s+/);
  return closeCodes.filter((entry) => {
    const texts = [entry.code, entry.name, entry.summary, entry.whenYouSeeIt, entry.howToFix, entry.rule];
    const whole = texts.join(' ').toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}

/** A search over everything that the library knows about close codes. */
export function CloseCodeSearch(): ReactElement {
  const [query, setQuery] = useState('');
  const inputId = useId();
  const found = search(query);
  return (
    <div className="demo close-code-search">
      <div className="close-code-form" role="search">
        <label htmlFor={inputId}>Code or words</label>
        <input
          id={inputId}
          type="search"
          placeholder="1006, restart, too big …"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <output aria-live="polite">{found.length === 1 ? '1 code' : `${found.length} codes`}</output>
      </div>
      <ul className="close-code-list">
        {found.map((entry) => (
          <li key={entry.code}>
            <CloseCodeCard entry={entry} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CloseCodeCard({ entry }: { readonly entry: CloseCodeEntry }): ReactElement {
  const { code, name, summary, whenYouSeeIt, howToFix, rule } = entry;
  const [outcome] = rule.split(/[ ,:]/);
  return (
    <article className={`close-code-card ${TONES[outcome as keyof typeof TONES]}`}>
      <header>
        <h3>
          <b>{code}</b> {name}
        </h3>
        <p className="close-code-rule">{rule}</p>
      </header>
      <p>{summary}</p>
      <dl>
        <dt>When you see it</dt>
        <dd>{whenYouSeeIt}</dd>
        <dt>How to fix it</dt>
        <dd>{howToFix}</dd>
      </dl>
    </article>
  );
}

const TONES = { stop: 'tone-closed', fail: 'tone-failed', reconnect: 'tone-reconnecting' } as const;
