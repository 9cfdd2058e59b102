import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';

import { WITHOUT_CONTROLS } from './demo/controls.js';
import { LiveServerDemo } from './demo/LiveServerDemo.js';
import { eventually, expectEvent, expectState, valueOf } from './assertions.js';

const meta = {
  title: 'Live server',
  component: LiveServerDemo,
  tags: ['!autodocs'],
  args: { url: import.meta.env.STORYBOOK_DEMO_SERVER_URL ?? 'ws://127.0.0.1:8787' },
  parameters: WITHOUT_CONTROLS,
} satisfies Meta<typeof LiveServerDemo>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A real server, which `npm start` runs beside Storybook: every outage here is real. */
export const Live: Story = {
  name: 'Live server',
  play: async ({ canvas, userEvent, step }) => {
    // A static Storybook has no server; the story then shows how to start it.
    await eventually(() => expect(canvas.queryByRole('status') ?? canvas.queryByRole('alert')).toBeVisible());
    if (canvas.queryByRole('alert')) return;
    await expectState(canvas, 'Open');
    const press = (name: string | RegExp) => userEvent.click(canvas.getByRole('button', { name }));

    await step('The server echoes', async () => {
      await press('Send text');
      await expectEvent(canvas, 'sent text, 20 bytes');
      await expectEvent(canvas, 'message text, 20 bytes');
    });
    await step('The server restarts and the client reconnects', async () => {
      const seconds = canvas.getByRole('spinbutton');
      await userEvent.clear(seconds);
      await userEvent.type(seconds, '1');
      await press(/^Restart/);
      await expectState(canvas, 'Reconnecting The server is restarting.');
      await expect(valueOf(canvas, 'Cause')).toBe('1012 Service Restart');
      await expectState(canvas, 'Open');
    });
    await step('The server drops the connection and the client reconnects', async () => {
      await press('Drop connections (1006)');
      await expectEvent(canvas, /close.*1006/);
      await expectState(canvas, 'Open');
    });
    await step('The server rejects the data and the client does not reconnect', async () => {
      await press('Reject data (1003)');
      await expectState(canvas, 'Failed Client and server disagree about the data.');
    });
    await step('A text-only endpoint rejects binary data and the panel names the frame', async () => {
      await press('Send binary to a text-only endpoint');
      await expectState(canvas, 'Failed Client and server disagree about the data.');
      await expect(canvas.getByRole('region', { name: 'Diagnosis' })).toHaveTextContent(
        'binary (Uint8Array, 1,024 bytes)',
      );
      await press('Reconnect now');
      await expectState(canvas, 'Open');
    });
    await step('The server closes right after open and the attempts keep counting', async () => {
      await press('Close right after open');
      await expectEvent(canvas, /retry.*2/);
      await press('Close right after open');
      await expectState(canvas, 'Open');
    });
  },
};

/** Shown when the server does not run. */
export const NotRunning: Story = {
  name: 'Live server, not running',
  args: { url: 'ws://127.0.0.1:4' },
  play: async ({ canvas }) => {
    const notice = await canvas.findByRole('alert');
    await expect(within(notice).getByRole('heading')).toHaveTextContent('The demo server is not running');
    await expect(notice).toHaveTextContent('npm start');
  },
};
