import { AnchorMdx, CodeOrSourceMdx, HeadersMdx, Markdown } from '@storybook/addon-docs/blocks';
import { Children, type ComponentProps, type ReactElement } from 'react';

import './guide.css';

/** A page of the guide: the Markdown file that a code host shows as well. */
export function GuidePage({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="guide-page">
      <Markdown options={{ overrides }}>{linkToDocsPages(text)}</Markdown>
    </div>
  );
}

/** Storybook's own overrides, which these options would replace, and one for tables. */
const overrides = { code: CodeOrSourceMdx, a: AnchorMdx, ...HeadersMdx, th: HeaderCell };

/** Markdown makes an empty first cell a heading too; a heading without a name is an error to screen readers. */
function HeaderCell({ children, ...props }: ComponentProps<'th'>): ReactElement {
  return Children.count(children) === 0 ? <td {...props} /> : <th {...props}>{children}</th>;
}

/** Stories whose file is not named after their title. */
const STORY_IDS: Readonly<Record<string, string>> = { CloseComparison: '1003-or-1012' };

/** The id of the docs page of a story file such as `FleetLaboratory.stories.tsx`. */
function idOfStories(file: string): string {
  return STORY_IDS[file] ?? file.replace(/\B[A-Z]/g, '-$&').toLowerCase();
}

/**
 * In a repository, pages link to each other and to stories as files. In Storybook the page `close-codes.md` is the docs
 * page with the id `guide-close-codes--docs`, and a story file has a docs page as well. Other files of the repository
 * are not there: only their names are shown.
 */
function linkToDocsPages(text: string): string {
  return text
    .replace(/\]\((?:\.\/)?([\w-]+)\.md(?:#[\w-]+)?\)/g, '](?path=/docs/guide-$1--docs)')
    .replace(
      /\]\(\.\.\/(\w+)\.stories\.tsx\)/g,
      (_, file: string) => `](?path=/docs/${idOfStories(file)}--docs)`,
    )
    .replace(/\[([^\]]+)\]\((?:\.\.?\/)+([^)]+)\)/g, (_, label: string, path: string) =>
      label.includes('`') ? label : `${label} (\`${path}\`)`,
    );
}
