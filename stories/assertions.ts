import type { StoryContext } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';

/** The queries of a play function. */
export type Canvas = StoryContext['canvas'];

/** Covers the longest reconnect delay of any story, also on a busy machine. */
const TIMEOUT_MS = 20_000;

/** Waits until the panel shows this state and explanation. */
export async function expectState(canvas: Canvas, headline: string): Promise<void> {
  await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(headline), {
    timeout: TIMEOUT_MS,
  });
}

/** Expects the diagnosis of a terminal error to be visible and to contain a text. */
export async function expectDiagnosis(canvas: Canvas, text: string): Promise<void> {
  const diagnosis = canvas.getByRole('region', { name: 'Diagnosis' });
  await expect(diagnosis).toBeVisible();
  await expect(diagnosis).toHaveTextContent(text);
}

/** Waits until the event log contains an event; the log also keeps states that last a moment only. */
export async function expectEvent(canvas: Canvas, event: string | RegExp): Promise<HTMLElement> {
  return waitFor(
    async () => {
      const found = eventsOf(canvas).find((line) => {
        const text = textOf(line);
        return typeof event === 'string' ? text.includes(event) : event.test(text);
      });
      await expect(found, `an event like ${String(event)}`).toBeDefined();
      return found!;
    },
    { timeout: TIMEOUT_MS },
  );
}

/** How many events of a type there have been. */
export function countEvents(canvas: Canvas, type: string): number {
  return eventsOf(canvas).filter((line) => textOf(line).startsWith(type)).length;
}

/** The value beside a term of a description list. */
export function valueOf(canvas: Canvas, term: string): string {
  return canvas.getByText(term, { selector: 'dt' }).nextElementSibling?.textContent ?? '';
}

/** Waits until the value beside a term contains a text. */
export async function expectValue(canvas: Canvas, term: string, value: string): Promise<void> {
  await waitFor(() => expect(valueOf(canvas, term)).toContain(value), { timeout: TIMEOUT_MS });
}

/** The queries of the region with this heading. */
export function regionOf(canvas: Canvas, name: string | RegExp): Canvas {
  return within(canvas.getByRole('region', { name }));
}

/** Waits until a check passes. */
export async function eventually(check: () => unknown, timeout = TIMEOUT_MS): Promise<void> {
  await waitFor(check, { timeout });
}

/** Waits until the countdown has moved, and returns both readings in seconds. */
export async function expectCountdown(canvas: Canvas): Promise<{ first: number; later: number }> {
  const read = (): number => parseFloat(canvas.getByRole('timer').textContent);
  const first = await waitFor(read, { timeout: TIMEOUT_MS });
  const later = await waitFor(
    async () => {
      const now = read();
      await expect(now).toBeLessThan(first);
      return now;
    },
    { timeout: TIMEOUT_MS },
  );
  return { first, later };
}

function eventsOf(canvas: Canvas): HTMLElement[] {
  return [...canvas.getByRole('list', { name: 'Events' }).querySelectorAll<HTMLElement>('.event')];
}

/** Type and text of an event, without the time. */
function textOf(line: HTMLElement): string {
  return [...line.querySelectorAll('span')].map((part) => part.textContent).join(' ');
}
