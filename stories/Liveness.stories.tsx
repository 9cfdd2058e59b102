import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { FreshToken } from './liveness/FreshToken.js';
import { Offline } from './liveness/Offline.js';
import { SilentServer, SlowHandshake } from './liveness/SilentServer.js';
import { WITHOUT_CONTROLS } from './demo/controls.js';
import { showCode } from './demo/showCode.js';
import { countEvents, eventually, expectEvent, expectState, expectValue, valueOf } from './assertions.js';

const meta = {
  title: 'Liveness',
  parameters: WITHOUT_CONTROLS,
} satisfies Meta;

export default meta;
type Story = StoryObj;

/**
 * The server freezes: the socket stays open but is dead, and no event says so. The heartbeat sends a ping after one
 * second of silence, drops the socket half a second later, and the client reconnects.
 */
export const Silent: Story = {
  name: 'Silent server',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/quotes', {
  heartbeat: {
    message: 'ping',
    interval: 1_000,
    timeout: 500,
    isReply: (message) => message === 'pong',
  },
  reconnect: { minDelay: 500, maxDelay: 1_500 },
  connectTimeout: 1_500,
});`),
  render: () => <SilentServer />,
  play: async ({ canvas, userEvent, step }) => {
    const freeze = canvas.getByRole('button', { name: /^Freeze/ });
    await step('A healthy server answers the ping', async () => {
      await expectState(canvas, 'Open');
      await expectEvent(canvas, 'heartbeat probe');
      await expectEvent(canvas, 'heartbeat reply');
      await expect(countEvents(canvas, 'close')).toBe(0);
    });
    await step('The server freezes and the heartbeat detects it', async () => {
      await userEvent.click(freeze);
      await expectEvent(canvas, 'heartbeat dead');
      await expectState(canvas, 'Reconnecting The connection was lost.');
      await expect(valueOf(canvas, 'Cause')).toContain('1006');
    });
    await step('The server recovers and the client reconnects', async () => {
      await userEvent.click(freeze);
      await expectState(canvas, 'Open');
    });
  },
};

/**
 * Going offline does not close an open connection. If the connection is lost meanwhile, the client waits for the
 * network without spending attempts, and reconnects within a second after the page is online.
 */
export const OfflineAndBack: Story = {
  name: 'Offline and back',
  parameters: showCode(`
const { status, waitingFor } = useWebSocket('wss://example.com/quotes'); // pageAware is true

if (waitingFor === 'network') return <p>You are offline.</p>;`),
  render: () => <Offline />,
  play: async ({ canvas, userEvent, step }) => {
    await expectState(canvas, 'Open');
    await step('An open connection stays open while the page is offline', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Go offline' }));
      await expect(canvas.getByText('The page is offline')).toBeVisible();
      await expectState(canvas, 'Open');
    });
    await step('The connection is lost and the client waits for the network', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Lose the connection/ }));
      await expectState(canvas, 'Reconnecting The connection was lost.');
      await expectValue(canvas, 'Waiting for', 'network');
      await expect(canvas.queryByText('Next attempt at')).not.toBeInTheDocument();
      await expect(valueOf(canvas, 'Accepted connections')).toBe('1');
      await expect(valueOf(canvas, 'Refused connections')).toBe('0');
    });
    await step('The page is online and the first attempt succeeds', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Go online' }));
      await expectState(canvas, 'Open');
      await expectEvent(canvas, 'open attempt 1');
      await expect(valueOf(canvas, 'Accepted connections')).toBe('2');
    });
  },
};

/**
 * A handshake without an answer could hang for minutes. After `connectTimeout` the attempt counts as failed, and the
 * next one follows the reconnect policy.
 */
export const Slow: Story = {
  name: 'Slow handshake',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/quotes', {
  connectTimeout: 1_500,
  reconnect: { minDelay: 500, maxDelay: 1_500 },
});`),
  render: () => <SlowHandshake connectTimeout={1_500} />,
  play: async ({ canvas, userEvent, step }) => {
    await step('The attempt fails after 1.5 s', async () => {
      await expectEvent(canvas, 'close 1006');
      await expectEvent(canvas, 'retry attempt 1 in');
      await expectState(canvas, 'Reconnecting The server could not be reached.');
      await expect(valueOf(canvas, 'Accepted connections')).toBe('0');
    });
    await step('The server answers the next attempt', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Freeze/ }));
      await expectState(canvas, 'Open');
      await expect(valueOf(canvas, 'Accepted connections')).toBe('1');
    });
  },
};

/**
 * The URL is a function, called for every attempt. The server accepts each token once, so reusing a URL would fail.
 * The token appears in no event and no log.
 */
export const Fresh: Story = {
  name: 'Fresh token for every attempt',
  parameters: showCode(`
const socket = useWebSocket(
  async ({ signal }) => {
    const response = await fetch('/token', { signal });
    return \`wss://example.com/quotes?token=\${await response.text()}\`;
  },
  { reconnect: { minDelay: 400, maxDelay: 1_200 } },
);`),
  render: () => <FreshToken />,
  play: async ({ canvas, userEvent, step }) => {
    const tokens = canvas.getByRole('list', { name: 'Issued tokens' });
    await step('The first attempt uses the first token', async () => {
      await expectState(canvas, 'Open');
      await expect(tokens).toHaveTextContent('token-1 first attempt, used');
    });
    await step('After a restart every attempt uses a new token', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await expectState(canvas, 'Reconnecting');
      await expectState(canvas, 'Open');
      await eventually(() => expect(tokens).toHaveTextContent('token-2 attempt 1, used'));
    });
    await step('No log contains a token', async () => {
      await expect(valueOf(canvas, 'URL in logs')).toMatch(/^wss?:/);
      await expect(valueOf(canvas, 'URL in logs')).not.toContain('token');
      await expect(canvas.getByRole('list', { name: 'Events' })).not.toHaveTextContent('token');
    });
    await step('Without a token the attempt fails and the client retries', async () => {
      const tokenServer = canvas.getByRole('button', { name: 'Stop issuing tokens' });
      await userEvent.click(tokenServer);
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await expectValue(canvas, 'Latest error', 'The token server is stopped.');
      await expectState(canvas, 'Reconnecting The server is restarting.');
      await userEvent.click(tokenServer);
      await expectState(canvas, 'Open');
    });
  },
};
