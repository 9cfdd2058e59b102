/** Parameters that show, on the docs page of a story, the code an application would contain. */
export function showCode(code: string): { docs: { source: { code: string; language: 'tsx' } } } {
  return { docs: { source: { code: code.trim(), language: 'tsx' } } };
}
