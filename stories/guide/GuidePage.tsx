import { AnchorMdx, CodeOrSourceMdx, HeadersMdx, Markdown } from '@storybook/addon-docs/blocks';
import type { PropsWithChildren, ReactElement } from 'react';

import './guide.css';

/** A page of the guide: the Markdown file that a code host shows as well. */
export function GuidePage({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="guide-page">
      <Markdown options={{ overrides }}>{linkToDocsPages(text)}</Markdown>
    </div>
  );
}

/** Storybook's own overrides, which these options would replace, and tables that scroll by themselves. */
const overrides = { code: CodeOrSourceMdx, a: AnchorMdx, ...HeadersMdx, table: ScrollableTable };

function ScrollableTable({ children }: PropsWithChildren): ReactElement {
  return (
    // A region that scrolls has to be reachable by keyboard.
    <div className="guide-table" tabIndex={0} role="group" aria-label="Table">
      <table>{children}</table>
    </div>
  );
}

/**
 * In a repository pages link to each other as files. In Storybook the page `close-codes.md` is the docs page with
 * the id `guide-close-codes--docs`, and other files of the repository are not there: only their names are shown.
 */
function linkToDocsPages(text: string): string {
  return text
    .replace(/\]\((?:\.\/)?([\w-]+)\.md(?:#[\w-]+)?\)/g, '](?path=/docs/guide-$1--docs)')
    .replace(/\[([^\]]+)\]\((?:\.\.?\/)+([^)]+)\)/g, (_, label: string, path: string) =>
      label.includes('`') ? label : `${label} (\`${path}\`)`,
    );
}
