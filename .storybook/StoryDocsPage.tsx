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
  const [primary, ...others] = context.componentStories().map(describeStory);
  return (
    <>
      <Title />
      <Subtitle />
      <Description />
      {primary && (
        <>
          <Heading>{primary.name}</Heading>
          <Description of={primary.of} />
          <Canvas of={primary.of} withToolbar={false} sourceState="shown" />
        </>
      )}
      {others.map(({ id, name, of }) => (
        <div key={id} className="docs-other-story">
          <Heading>{name}</Heading>
          <Description of={of} />
          <Source of={of} />
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

interface DescribedStory {
  readonly id: string;
  readonly name: string;
  readonly of: Readonly<Record<string, unknown>>;
}

/** Storybook types the export of a story as `any`. */
function describeStory(story: { id: string; name: string; moduleExport: unknown }): DescribedStory {
  return { id: story.id, name: story.name, of: story.moduleExport as DescribedStory['of'] };
}
