interface DocumentedComponent {
  readonly __docgenInfo?: { readonly description?: string };
}

/**
 * The doc comment of a component up to its first tag. Storybook shows it as Markdown, in which the JSX after
 * `@example` would become HTML.
 */
export function describeComponent(component: DocumentedComponent | undefined): string {
  return component?.__docgenInfo?.description?.split(/^@\w+/m, 1)[0]?.trim() ?? '';
}
