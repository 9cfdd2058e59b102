import {
  Canvas,
  Description,
  DocsContext,
  Heading,
  Source,
  Subtitle,
  Title,
} from '@storybook/addon-docs/blocks';
import { type ReactElement, useContext } from 'react';

/**
 * The docs page of a component: one live story, then the description and code of the others with a link to each.
 * Rendering all of them live would repeat the same panel, and its landmarks, many times.
 */
export function StoryDocsPage(): ReactElement {
  const context = useContext(DocsContext);
  const [primary, ...others] = context.componentStories();
  return (
    <>
      <Title />
      <Subtitle />
      <Description />
      {primary && (
        <>
          <Heading>{primary.name}</Heading>
          <Description of={primary.moduleExport} />
          <Canvas of={primary.moduleExport} withToolbar={false} sourceState="shown" />
        </>
      )}
      {others.map(({ id, name, moduleExport }) => (
        <div key={id} className="docs-other-story">
          <Heading>{name}</Heading>
          <Description of={moduleExport} />
          <Source of={moduleExport} />
          <p>
            <a href={`./?path=/story/${id}`} target="_top">
              Open “{name}”
            </a>
          </p>
        </div>
      ))}
    </>
  );
}
