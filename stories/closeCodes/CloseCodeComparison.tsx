import { type ReactElement, useId } from 'react';

import { compareCloseCodes } from '../../src/closeCodes/index.js';
import './closeCodes.css';

interface Props {
  readonly first: number;
  readonly second: number;
}

/** What `compareCloseCodes` returns for two codes: the key differences and a table. */
export function CloseCodeComparison({ first, second }: Props): ReactElement {
  const { entries, aspects, keyDifferences } = compareCloseCodes(first, second);
  const headingId = useId();
  return (
    <div className="demo close-code-comparison">
      <section aria-labelledby={headingId}>
        <h2 id={headingId}>Key differences</h2>
        {keyDifferences.length === 0 ? (
          <p>Only the numbers differ.</p>
        ) : (
          <ul>
            {keyDifferences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        )}
      </section>
      <table>
        <caption>Side by side</caption>
        <thead>
          <tr>
            {entries.map(({ code, name }, index) => (
              <th key={index} scope="col">
                {code} {name}
              </th>
            ))}
          </tr>
        </thead>
        {aspects.map(({ field, title, texts }) => (
          <tbody key={field}>
            <tr>
              <th colSpan={2} scope="rowgroup">
                {title}
              </th>
            </tr>
            <tr>
              {texts.map((text, index) => (
                <td key={index}>{text}</td>
              ))}
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  );
}
