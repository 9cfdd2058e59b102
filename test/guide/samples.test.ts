// @vitest-environment node
import { expect, it } from 'vitest';
import { checkSamples, samples } from './samples.js';

it('type-checks every code sample of README and the guide', () => {
  expect(samples.length).toBeGreaterThan(10);
  expect(checkSamples(samples)).toEqual([]);
}, 300_000);

it('finds a wrong sample, and says on which line of the page it is', () => {
  const code = "const socket = useWebSocket('wss://example.com');\nsocket.sned('x');\n";
  const [error, ...others] = checkSamples([{ page: 'page.md', line: 10, code, setup: '' }]);
  expect(error).toMatch(/^page\.md:11: Property 'sned' does not exist/);
  expect(others).toEqual([]);
}, 300_000);
