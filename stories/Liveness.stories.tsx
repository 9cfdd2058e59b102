import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { FreshToken } from './liveness/FreshToken.js';
import { Offline } from './liveness/Offline.js';
import { SilentServer, SlowHandshake } from './liveness/SilentServer.js';
import { WITHOUT_CONTROLS } from './scene/controls.js';
import { showCode } from './scene/showCode.js';
import { countEvents, see, seeEvent, seeState, seeValue, valueOf } from './see.js';

const meta = {
  title: 'Liveness',
  parameters: WITHOUT_CONTROLS,
} satisfies Meta;

export default meta;
type Story = StoryObj;

/**
 * The server freezes: the socket stays open, and nothing will ever come again. Only the heartbeat finds it. After
 * a second of silence it asks, half a second later the socket is given up, and the recovery begins at once.
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
    const freeze = canvas.getByRole('button', { name: /^Frozen/ });
    await step('A server that is well answers', async () => {
      await seeState(canvas, 'Open');
      await seeEvent(canvas, 'heartbeat probe');
      await seeEvent(canvas, 'heartbeat reply');
      await expect(countEvents(canvas, 'close')).toBe(0);
    });
    await step('It freezes, and the heartbeat finds out', async () => {
      await userEvent.click(freeze);
      await seeEvent(canvas, 'heartbeat dead');
      await seeState(canvas, 'Reconnecting The connection was lost.');
      await expect(valueOf(canvas, 'Because of')).toContain('1006');
    });
    await step('Once it goes on, the connection comes back', async () => {
      await userEvent.click(freeze);
      await seeState(canvas, 'Open');
    });
  },
};

/**
 * Offline closes nothing that still works. Once the connection is lost it waits for the network without spending
 * attempts, and dials within a moment after the network is back.
 */
export const OfflineAndBack: Story = {
  name: 'Offline and back',
  parameters: showCode(`
const { status, waitingFor } = useWebSocket('wss://example.com/quotes'); // pageAware is true

if (waitingFor === 'network') return <p>You are offline.</p>;`),
  render: () => <Offline />,
  play: async ({ canvas, userEvent, step }) => {
    await seeState(canvas, 'Open');
    await step('Offline, an open connection stays open', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Go offline' }));
      await expect(canvas.getByText('The page is offline')).toBeVisible();
      await seeState(canvas, 'Open');
    });
    await step('It is lost, and waits for the network instead of dialling', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Lose the connection/ }));
      await seeState(canvas, 'Reconnecting The connection was lost.');
      await seeValue(canvas, 'Waiting for', 'network');
      await expect(valueOf(canvas, 'Next dial at')).toContain('none');
      await expect(valueOf(canvas, 'Dials accepted')).toBe('1');
      await expect(valueOf(canvas, 'Dials refused')).toBe('0');
    });
    await step('Online again, it comes back with the first attempt', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Go online' }));
      await seeState(canvas, 'Open');
      await seeEvent(canvas, 'open attempt 1');
      await expect(valueOf(canvas, 'Dials accepted')).toBe('2');
    });
  },
};

/**
 * A handshake that nobody answers could hang for minutes. After `connectTimeout` the dial counts as failed, and
 * the next one follows by the policy.
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
    await step('The dial is given up after 1.5 s', async () => {
      await seeEvent(canvas, 'close 1006');
      await seeEvent(canvas, 'retry attempt 1 in');
      await seeState(canvas, 'Reconnecting The server could not be reached.');
      await expect(valueOf(canvas, 'Dials accepted')).toBe('0');
    });
    await step('The next one is answered', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Frozen/ }));
      await seeState(canvas, 'Open');
      await expect(valueOf(canvas, 'Dials accepted')).toBe('1');
    });
  },
};

/**
 * The URL is a function, called for every dial. Here each token is good for one dial only: a URL that is used
 * again would be refused. The token is in no event and in no log.
 */
export const Fresh: Story = {
  name: 'Fresh token for every dial',
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
    const tokens = canvas.getByRole('list', { name: 'Tokens given out' });
    await step('The first dial has the first token', async () => {
      await seeState(canvas, 'Open');
      await expect(tokens).toHaveTextContent('token-1 first dial, used');
    });
    await step('After a restart every dial has another one', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await seeState(canvas, 'Reconnecting');
      await seeState(canvas, 'Open');
      await see(() => expect(tokens).toHaveTextContent('token-2 attempt 1, used'));
    });
    await step('No log has seen a token', async () => {
      await expect(valueOf(canvas, 'URL in logs')).toMatch(/^wss?:/);
      await expect(valueOf(canvas, 'URL in logs')).not.toContain('token');
      await expect(canvas.getByRole('list', { name: 'Events' })).not.toHaveTextContent('token');
    });
    await step('A token that cannot be had is a failed attempt, and no more', async () => {
      const desk = canvas.getByRole('button', { name: 'Give out no tokens' });
      await userEvent.click(desk);
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await seeValue(canvas, 'Latest error', 'The token desk is closed.');
      await seeState(canvas, 'Reconnecting The server is restarting.');
      await userEvent.click(desk);
      await seeState(canvas, 'Open');
    });
  },
};
