import type { StoryContext } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';

/** What a play function looks at. */
export type Canvas = StoryContext['canvas'];

/** Long enough for the longest window that a story waits for on a busy machine, in ms. */
const PATIENCE = 10_000;

/** Waits until the panel says this state, and what follows it. */
export async function seeState(canvas: Canvas, headline: string): Promise<void> {
  await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(headline), { timeout: PATIENCE });
}

/** Expects the diagnosis of a terminal error on the screen, with this in it. */
export async function seeDiagnosis(canvas: Canvas, text: string): Promise<void> {
  const diagnosis = canvas.getByRole('region', { name: 'Diagnosis' });
  await expect(diagnosis).toBeVisible();
  await expect(diagnosis).toHaveTextContent(text);
}

/** Waits until an event has been logged; it is found however short it was. */
export async function seeEvent(canvas: Canvas, event: string | RegExp): Promise<HTMLElement> {
  return waitFor(
    async () => {
      const found = eventsOf(canvas).find((line) => {
        const said = textOf(line);
        return typeof event === 'string' ? said.includes(event) : event.test(said);
      });
      await expect(found, `an event like ${String(event)}`).toBeDefined();
      return found!;
    },
    { timeout: PATIENCE },
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

/** Waits until a term has this value. */
export async function seeValue(canvas: Canvas, term: string, value: string): Promise<void> {
  await waitFor(() => expect(valueOf(canvas, term)).toContain(value), { timeout: PATIENCE });
}

/** The part of a story with this heading. */
export function partOf(canvas: Canvas, name: string | RegExp): Canvas {
  const part = within(canvas.getByRole('region', { name }));
  return part;
}

/** Waits until something is so, however slow the machine is. */
export async function see(check: () => unknown): Promise<void> {
  await waitFor(check, { timeout: PATIENCE });
}

/** Waits until the countdown has moved, and returns the two numbers in seconds. */
export async function seeCountdown(canvas: Canvas): Promise<{ first: number; later: number }> {
  const read = (): number => parseFloat(canvas.getByRole('timer').textContent);
  const first = await waitFor(read, { timeout: PATIENCE });
  const later = await waitFor(async () => {
    const now = read();
    await expect(now).toBeLessThan(first);
    return now;
  });
  return { first, later };
}

function eventsOf(canvas: Canvas): HTMLElement[] {
  return [...canvas.getByRole('list', { name: 'Events' }).querySelectorAll<HTMLElement>('.event')];
}

/** Type and text, without the time. */
function textOf(line: HTMLElement): string {
  return [...line.querySelectorAll('span')].map((part) => part.textContent).join(' ');
}
