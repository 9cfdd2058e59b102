import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { expectState } from './assertions.js';
import { WITHOUT_CONTROLS } from './demo/controls.js';
import { Landing } from './landing/Landing.js';

const meta = {
  title: 'Introduction',
  component: Landing,
  tags: ['!autodocs'],
  parameters: WITHOUT_CONTROLS,
} satisfies Meta<typeof Landing>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The play function leaves the connection open, so that the reader is the one who breaks it. */
export const Introduction: Story = {
  play: async ({ canvas, step }) => {
    await step('The connection opens and the code marks the line that renders', async () => {
      await expectState(canvas, 'Open Connected.');
      await expect(canvas.getByText("'open'").parentElement).toHaveClass('is-active');
    });
  },
};

/** Acts out all three buttons. Only the tests run it. */
export const EveryButton: Story = {
  tags: ['!dev', '!autodocs'],
  play: async ({ canvas, userEvent, step }) => {
    await expectState(canvas, 'Open Connected.');
    await step('After a restart it reconnects', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Restart the server (1012)' }));
      await expectState(canvas, 'Reconnecting The server is restarting.');
      await expect(canvas.getByText("'reconnecting'").parentElement).toHaveClass('is-active');
      await expectState(canvas, 'Open Connected.');
    });
    await step('After a lost connection it reconnects', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Lose the connection (1006)' }));
      await expectState(canvas, 'Reconnecting The connection was lost.');
      await expectState(canvas, 'Open Connected.');
    });
    await step('After data that the server does not accept it stops and names the frame', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send what it does not accept (1003)' }));
      await expectState(canvas, 'Failed Client and server disagree about the data.');
      await expect(canvas.getByText(/Last frame sent: binary, 1,024 bytes/)).toBeVisible();
    });
    await step('A reconnect opens it again', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Reconnect now' }));
      await expectState(canvas, 'Open Connected.');
    });
  },
};
