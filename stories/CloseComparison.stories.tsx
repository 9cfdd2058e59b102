import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';

import { compareCloseCodes, describeCloseCode } from '../src/closeCodes/index.js';
import { type Canvas, eventually, expectState, regionOf } from './assertions.js';
import { CloseComparison } from './comparison/CloseComparison.js';
import { WITHOUT_CONTROLS } from './demo/controls.js';
import { showCode } from './demo/showCode.js';

/**
 * 1003 Unsupported Data and 1012 Service Restart side by side: the same app meets both. After 1012 it reconnects
 * automatically within 1 to 5 seconds. After 1003 it stops, because the server rejected the data and would reject it
 * again.
 */
const meta = {
  title: '1003 or 1012',
  component: CloseComparison,
  parameters: {
    ...showCode(`
const socket = useWebSocket('wss://example.com/quotes');

// after 1012: socket.status is 'reconnecting', then 'open' again
// after 1003: socket.status is 'failed', socket.error.kind is 'contract'`),
    ...WITHOUT_CONTROLS,
  },
} satisfies Meta<typeof CloseComparison>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Both connections are closed at the same moment. */
export const SideBySide: Story = {
  name: 'Side by side',
  play: async ({ canvas, userEvent, step }) => {
    const app = (code: number): Canvas => regionOf(canvas, `${code} ${describeCloseCode(code).name}`);
    await expectState(app(1003), 'Open');
    await expectState(app(1012), 'Open');
    await step('After the close one app waits and the other one has failed', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Close both connections' }));
      await expectState(app(1012), 'Reconnecting The server is restarting.');
      await expectState(app(1003), 'Failed');
      await expect(app(1012).getByRole('timer')).toBeVisible();
      await expect(app(1003).queryByRole('timer')).not.toBeInTheDocument();
    });
    await step('1012 reconnects automatically; 1003 does not', async () => {
      await expectState(app(1012), 'Open');
      await expectState(app(1003), 'Failed');
    });
    await step('1003 waits for reconnect()', async () => {
      await userEvent.click(app(1003).getByRole('button', { name: 'Reconnect now' }));
      await expectState(app(1003), 'Open');
    });
    await step('The server rejects the data again', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Close with 1003' }));
      await expectState(app(1003), 'Failed');
    });
    await step('The table compares both codes with the data of the library', async () => {
      const table = canvas.getByRole('table', { name: 'Side by side' });
      for (const code of [1003, 1012]) {
        await eventually(() => expect(table).toHaveTextContent(describeCloseCode(code).howToFix));
      }
      const differences = within(canvas.getByRole('region', { name: 'Key differences' }));
      await expect(differences.getAllByRole('listitem')).toHaveLength(
        compareCloseCodes(1003, 1012).keyDifferences.length,
      );
    });
  },
};
