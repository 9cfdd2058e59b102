/** The parameters that show, on the page of documentation, what an application would write for a story. */
export function showCode(code: string): { docs: { source: { code: string; language: 'tsx' } } } {
  return { docs: { source: { code: code.trim(), language: 'tsx' } } };
}
