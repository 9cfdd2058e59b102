import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';

import { type Canvas, eventually, valueOf } from './assertions.js';
import { WITHOUT_CONTROLS } from './demo/controls.js';
import { showCode } from './demo/showCode.js';
import { FleetLaboratory } from './fleet/FleetLaboratory.js';

/**
 * A server restarts and all of its clients reconnect. How many attempts does it get in its worst 100 ms, and how long
 * until everyone is back? The simulation runs the policy code of this library in a worker, beside three common
 * policies with the same numbers.
 */
const meta = {
  title: 'Fleet laboratory',
  component: FleetLaboratory,
  parameters: {
    ...showCode(`
const socket = useWebSocket('wss://example.com/quotes', {
  reconnect: { minDelay: 1_000, maxDelay: 5_000, widenAfter: 8, widenTo: 15_000 },
});`),
    ...WITHOUT_CONTROLS,
  },
  args: {
    clients: 10_000,
    code: 1012,
    downtime: 10,
    acceptRate: 500,
    minDelay: 1_000,
    maxDelay: 5_000,
    widenAfter: 8,
    widenTo: 15_000,
  },
} satisfies Meta<typeof FleetLaboratory>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The number before the unit of a fact. */
const numberOf = (policy: Canvas, fact: string): number =>
  Number(valueOf(policy, fact).replaceAll(',', '').split(' ')[0]);

const policyOf = (canvas: Canvas, name: string): Canvas => within(canvas.getByRole('article', { name }));

const finished = (canvas: Canvas): Promise<void> =>
  eventually(() => expect(canvas.getByRole('status')).toHaveTextContent('Simulation finished.'), 60_000);

/** 10,000 clients of a server that is down for 10 seconds and then accepts 500 connections per second. */
export const Restart: Story = {
  name: '10,000 clients after a restart',
  play: async ({ canvas, userEvent, step, args }) => {
    await step('The charts grow while the simulation runs, and the page stays responsive', async () => {
      await eventually(() => expect(canvas.getAllByRole('article')).toHaveLength(4));
      await expect(canvas.getByRole('status')).toHaveTextContent('Simulating …');
      const field = canvas.getByLabelText('minDelay (ms)');
      await userEvent.clear(field);
      await userEvent.type(field, '9000');
      await expect(canvas.getByRole('alert')).toHaveTextContent('minDelay');
      await userEvent.clear(field);
      await userEvent.type(field, String(args.minDelay));
      await expect(canvas.getByRole('alert')).toBeEmptyDOMElement();
    });
    await step('The library spreads the clients; the other policies have higher peaks', async () => {
      await finished(canvas);
      const library = policyOf(canvas, 'This library');
      await expect(numberOf(library, '100 % back after')).toBeGreaterThan(
        numberOf(library, '50 % back after'),
      );
      for (const name of ['Full jitter', 'Exponential backoff', 'Fixed delay']) {
        const other = policyOf(canvas, name);
        await expect(numberOf(other, 'Peak per 100 ms')).toBeGreaterThan(
          2 * numberOf(library, 'Peak per 100 ms'),
        );
      }
    });
    await step('The text alternative of a chart has the same figures', async () => {
      const library = policyOf(canvas, 'This library');
      await expect(library.getByRole('img')).toHaveAccessibleName(
        new RegExp(`Peak per 100 ms ${valueOf(library, 'Peak per 100 ms')}`),
      );
    });
  },
};

/** The largest fleet, with connections that are lost without a close code: the window widens while attempts fail. */
export const LargeFleet: Story = {
  name: '100,000 clients after a crash',
  args: { clients: 100_000, code: 1006, downtime: 30, acceptRate: 5_000 },
  play: async ({ canvas, userEvent, step }) => {
    await eventually(() => expect(canvas.getAllByRole('article')).toHaveLength(4), 30_000);
    await step('The page renders frames while 100,000 clients are simulated', async () => {
      for (let frame = 0; frame < 30; frame += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      await expect(canvas.getByRole('status')).toHaveTextContent('Simulating …');
    });
    await step('The simulation can be stopped', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Stop' }));
      await expect(canvas.getByRole('status')).toHaveTextContent('Stopped.');
    });
  },
};
