import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';

import { WITHOUT_CONTROLS } from './scene/controls.js';
import { LiveScene } from './scene/LiveScene.js';
import { see, seeEvent, seeState, valueOf } from './see.js';

const meta = {
  title: 'Live server',
  component: LiveScene,
  tags: ['!autodocs'],
  args: { url: import.meta.env.STORYBOOK_DEMO_SERVER_URL ?? 'ws://127.0.0.1:8787' },
  parameters: WITHOUT_CONTROLS,
} satisfies Meta<typeof LiveScene>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A real server, which `npm start` runs beside Storybook: here the whole outage is real. */
export const Live: Story = {
  name: 'Live server',
  play: async ({ canvas, userEvent, step }) => {
    // Where Storybook is served without its server, the story says so, and that is all there is to see.
    await see(() => expect(canvas.queryByRole('status') ?? canvas.queryByRole('alert')).toBeVisible());
    if (canvas.queryByRole('alert')) return;
    await seeState(canvas, 'Open');
    const press = (name: string | RegExp) => userEvent.click(canvas.getByRole('button', { name }));

    await step('The server echoes what it gets', async () => {
      await press('Send text');
      await seeEvent(canvas, 'sent text, 20 bytes');
      await seeEvent(canvas, 'message text, 20 bytes');
    });
    await step('It restarts, and the connection comes back', async () => {
      const seconds = canvas.getByRole('spinbutton');
      await userEvent.clear(seconds);
      await userEvent.type(seconds, '1');
      await press(/^Restart/);
      await seeState(canvas, 'Reconnecting The server is restarting.');
      await expect(valueOf(canvas, 'Because of')).toBe('1012 Service Restart');
      await seeState(canvas, 'Open');
    });
    await step('It is killed without a close frame, and the connection comes back', async () => {
      await press('Kill without a close frame');
      await seeEvent(canvas, /close.*1006/);
      await seeState(canvas, 'Open');
    });
    await step('It rejects the data, and nothing is dialled again', async () => {
      await press('Reject data (1003)');
      await seeState(canvas, 'Failed One side sent what the other does not accept.');
    });
    await step(
      'Binary data breaks the contract of a text-only endpoint, and the panel says which',
      async () => {
        await press('Send binary to a text-only endpoint');
        await seeState(canvas, 'Failed One side sent what the other does not accept.');
        await expect(canvas.getByRole('region', { name: 'Diagnosis' })).toHaveTextContent(
          'binary (Uint8Array, 1,024 bytes)',
        );
        await press('Reconnect now');
        await seeState(canvas, 'Open');
      },
    );
    await step('It closes right after open: attempts go on counting', async () => {
      await press('Close right after open');
      await seeEvent(canvas, /retry.*2/);
      await press('Close right after open');
      await seeState(canvas, 'Open');
    });
  },
};

/** What is shown where nobody has started the server. */
export const NotRunning: Story = {
  name: 'Live server, not running',
  args: { url: 'ws://127.0.0.1:4' },
  play: async ({ canvas }) => {
    const notice = await canvas.findByRole('alert');
    await expect(within(notice).getByRole('heading')).toHaveTextContent('The demo server is not running');
    await expect(notice).toHaveTextContent('npm start');
  },
};
