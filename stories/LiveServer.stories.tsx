import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';

import { LiveScene } from './scene/LiveScene.js';
import { seeEvent, seeState, valueOf } from './see.js';

const meta = {
  title: 'Live server',
  component: LiveScene,
  tags: ['!autodocs'],
  args: { url: import.meta.env.STORYBOOK_DEMO_SERVER_URL ?? 'ws://127.0.0.1:8787' },
  parameters: { controls: { disable: true } },
} satisfies Meta<typeof LiveScene>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A real server, which `npm start` runs beside Storybook: here the whole outage is real. */
export const Live: Story = {
  name: 'Live server',
  play: async ({ canvas, userEvent, step }) => {
    const notice = await waitFor(
      async () => {
        const absent = canvas.queryByText('The demo server is not running');
        if (!absent) await expect(canvas.getByRole('status')).toHaveTextContent('Open');
        return absent;
      },
      { timeout: 10_000 },
    );
    if (notice) {
      await expect(canvas.getByRole('alert')).toHaveTextContent('npm start');
      return;
    }
    await step('The server echoes what it gets', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send text' }));
      await seeEvent(canvas, 'sent text, 20 bytes');
      await seeEvent(canvas, 'message text, 20 bytes');
    });
    await step('It restarts, and the connection comes back', async () => {
      const seconds = canvas.getByRole('spinbutton');
      await userEvent.clear(seconds);
      await userEvent.type(seconds, '1');
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await seeState(canvas, 'Reconnecting The server is restarting.');
      await expect(valueOf(canvas, 'Because of')).toBe('1012 Service Restart');
      await seeState(canvas, 'Open');
    });
  },
};
