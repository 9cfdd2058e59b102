import type { Meta, StoryObj } from '@storybook/react-vite';
import { StrictMode } from 'react';
import { expect } from 'storybook/test';

import type { ReconnectOptions } from '../src/index.js';
import { ConnectionPanel, type ConnectionPanelProps } from './panel/ConnectionPanel.js';
import { OwnClient, ProvidedClient, ThrowingClient } from './scene/clients.js';
import { WITHOUT_CONTROLS, withControls } from './scene/controls.js';
import { StoryScene } from './scene/StoryScene.js';
import { showCode } from './scene/showCode.js';
import { countEvents, seeCountdown, seeDiagnosis, seeEvent, seeState, seeValue, valueOf } from './see.js';
import type { StoryServerOptions } from './server/storyServer.js';

type Policy = Pick<ReconnectOptions, 'minDelay' | 'maxDelay' | 'maxAttempts' | 'stableAfter'>;

/** The policy of the connection, and the behaviour of the server beside it. */
type Args = Policy & ConnectionPanelProps & { readonly server?: StoryServerOptions };

/** What the panel says of a 1003. */
const CONTRACT_FAILED = 'Failed One side sent what the other does not accept.';

const delay = { control: { type: 'number', min: 0, step: 100 } } as const;

const meta: Meta<Args> = {
  title: 'Connection',
  component: ConnectionPanel,
  parameters: {
    ...showCode(`
function Quotes() {
  const socket = useWebSocket('wss://example.com/quotes');
  return <ConnectionPanel socket={socket} />;
}`),
    ...WITHOUT_CONTROLS,
  },
  argTypes: {
    socket: { control: false },
    children: { control: false },
    server: { table: { disable: true } },
  },
  render: ({ server, minDelay, maxDelay, maxAttempts, stableAfter }) => (
    <StoryScene options={server}>
      {(at) => <OwnClient server={at} reconnect={{ minDelay, maxDelay, maxAttempts, stableAfter }} />}
    </StoryScene>
  ),
};

export default meta;
type Story = StoryObj<Args>;

/**
 * The server closes everybody with 1012 and is back a moment later. The connection comes back by itself,
 * at a random moment from 1 to 5 seconds after the close, so that its clients do not all return at once.
 */
export const ServiceRestart: Story = {
  name: 'Service restart (1012)',
  play: async ({ canvas, userEvent, step }) => {
    await step('The connection opens', async () => {
      await seeState(canvas, 'Open');
    });
    await step('The server restarts, and the panel says so', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await seeState(canvas, 'Reconnecting The server is restarting.');
      await expect(valueOf(canvas, 'Because of')).toBe('1012 Service Restart');
    });
    await step('The countdown runs, inside the window of 1 to 5 seconds', async () => {
      const { first } = await seeCountdown(canvas);
      await expect(first).toBeLessThanOrEqual(5);
      const retry = await seeEvent(canvas, 'retry attempt 1 in');
      const seconds = parseFloat(/in ([\d.]+) s/.exec(retry.textContent)?.[1] ?? '');
      await expect(seconds).toBeGreaterThanOrEqual(1);
      await expect(seconds).toBeLessThanOrEqual(5);
    });
    await step('It comes back by itself', async () => {
      await seeState(canvas, 'Open');
      await seeEvent(canvas, 'open attempt 1');
    });
  },
};

/**
 * A restart that takes its time: three dials are refused. The outage keeps its cause and its window, and the
 * panel goes on saying that the server is restarting, although the latest close is a 1006.
 */
export const RefusedWhileRestarting: Story = {
  name: 'Refused while restarting',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/quotes', {
  reconnect: { minDelay: 600, maxDelay: 1_200 },
});`),
  args: { minDelay: 600, maxDelay: 1_200, server: { refuse: 3 } },
  play: async ({ canvas, userEvent, step }) => {
    await seeState(canvas, 'Open');
    await step('The server restarts and refuses three dials', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await seeEvent(canvas, 'retry attempt 3');
      await seeState(canvas, 'Reconnecting The server is restarting.');
      await expect(valueOf(canvas, 'Because of')).toBe('1012 Service Restart');
      await expect(canvas.getByRole('region', { name: 'Last close' })).toHaveTextContent('1006');
    });
    await step('The fourth dial is accepted', async () => {
      await seeState(canvas, 'Open');
      await seeEvent(canvas, 'open attempt 4');
      await expect(valueOf(canvas, 'Dials refused')).toBe('3');
    });
  },
};

/**
 * A binary frame goes to a server that takes text only. That is a broken contract and no outage: nothing is
 * dialled again, and the diagnosis names the frame. The way out is `reconnect()`; the cause is not mended by
 * it, so the next binary frame ends the connection again.
 */
export const ContractError: Story = {
  name: 'Contract error (1003)',
  parameters: showCode(`
const { status, error, reconnect } = useWebSocket('wss://example.com/quotes');

if (status === 'failed') {
  return <p>{error.hint} <button onClick={reconnect}>Reconnect</button></p>;
}`),
  args: { server: { accepts: 'text' } },
  play: async ({ canvas, userEvent, step }) => {
    await seeState(canvas, 'Open');
    await step('The server closes with 1003 on a binary frame', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send binary' }));
      await seeState(canvas, CONTRACT_FAILED);
      await expect(canvas.getByRole('region', { name: 'Last close' })).toHaveTextContent(
        'this server takes text only',
      );
    });
    await step('The diagnosis names the last frame', async () => {
      await seeDiagnosis(canvas, 'binary (Uint8Array, 1,024 bytes)');
    });
    await step('Nothing is dialled again until reconnect()', async () => {
      await expect(valueOf(canvas, 'Dials accepted')).toBe('1');
      await expect(valueOf(canvas, 'Waiting for')).toContain('none');
      await userEvent.click(canvas.getByRole('button', { name: 'Reconnect now' }));
      await seeState(canvas, 'Open');
      await expect(valueOf(canvas, 'Dials accepted')).toBe('2');
    });
    await step('Another binary frame ends it again, and the diagnosis stays to be read', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send binary' }));
      await seeState(canvas, CONTRACT_FAILED);
      await seeDiagnosis(canvas, 'binary (Uint8Array, 1,024 bytes)');
    });
  },
};

/** With `throwOnError` a terminal error is thrown in render, and the nearest error boundary shows it. */
export const InErrorBoundary: Story = {
  name: 'Error boundary',
  parameters: showCode(`
function Quotes() {
  const socket = useWebSocket('wss://example.com/quotes', { throwOnError: true });
  return <ConnectionPanel socket={socket} />;
}

<ErrorBoundary fallback={…}>
  <Quotes />
</ErrorBoundary>`),
  render: ({ server }) => <StoryScene options={server}>{(at) => <ThrowingClient server={at} />}</StoryScene>,
  play: async ({ canvas, userEvent, step }) => {
    await seeState(canvas, 'Open');
    await step('The server rejects the data, and the boundary takes over', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Reject data (1003)' }));
      await expect(await canvas.findByRole('alert')).toHaveTextContent('The quotes are gone');
      await expect(canvas.queryByRole('status')).not.toBeInTheDocument();
    });
    await step('Mounting the component anew begins afresh', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Try again' }));
      await seeState(canvas, 'Open');
    });
    await step('The server rejects the data again, and the boundary says why', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Reject data (1003)' }));
      await expect(await canvas.findByRole('alert')).toHaveTextContent('The quotes are gone');
      await seeDiagnosis(canvas, 'this server does not take this type of data');
    });
  },
};

/**
 * A server that accepts and then closes at once. An open socket alone is no success: `attempt` starts again
 * from 0 only after `stableAfter`, so `maxAttempts` holds and nobody dials for ever.
 */
export const FlappingServer: Story = {
  name: 'Flapping server',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/quotes', {
  reconnect: { minDelay: 200, maxDelay: 500, maxAttempts: 3 },
});`),
  args: { minDelay: 200, maxDelay: 500, maxAttempts: 3, server: { isFlapping: true } },
  play: async ({ canvas, userEvent, step }) => {
    const flap = canvas.getByRole('button', { name: 'Close right after open' });
    const spent = 'Failed All attempts to reconnect are spent.';
    await step('Four dials are accepted and closed, then it is enough', async () => {
      await seeState(canvas, spent);
      await expect(valueOf(canvas, 'Dials accepted')).toBe('4');
      await expect(valueOf(canvas, 'Attempt')).toBe('3');
    });
    await step('Once the server is mended, reconnect() is the way out', async () => {
      await userEvent.click(flap);
      await userEvent.click(canvas.getByRole('button', { name: 'Reconnect now' }));
      await seeState(canvas, 'Open');
    });
    await step('It flaps again, and three more attempts are spent', async () => {
      await userEvent.click(flap);
      await seeState(canvas, spent);
      await expect(valueOf(canvas, 'Dials accepted')).toBe('8');
      await seeDiagnosis(canvas, 'exhausted');
    });
  },
};

/**
 * The policy is props of `WebSocketProvider`, here the controls below. New values take effect from the next
 * decision, without a redial; values that contradict each other are an error that names them.
 */
export const PolicyFromProps: Story = {
  name: 'Reconnect policy from props',
  parameters: {
    ...showCode(`
function Quotes() {
  const socket = useWebSocketContext();
  return <ConnectionPanel socket={socket} />;
}

<WebSocketProvider
  url="wss://example.com/quotes"
  reconnect={{ minDelay: 1_500, maxDelay: 2_500, maxAttempts: 5, stableAfter: 5_000 }}
>
  <Quotes />
</WebSocketProvider>`),
    ...withControls('minDelay', 'maxDelay', 'maxAttempts', 'stableAfter'),
  },
  args: { minDelay: 1_500, maxDelay: 2_500, maxAttempts: 5, stableAfter: 5_000 },
  argTypes: {
    minDelay: delay,
    maxDelay: delay,
    maxAttempts: { control: { type: 'number', min: 0, step: 1 } },
    stableAfter: delay,
  },
  render: ({ server, minDelay, maxDelay, maxAttempts, stableAfter }) => (
    <StoryScene options={server}>
      {(at) => <ProvidedClient server={at} reconnect={{ minDelay, maxDelay, maxAttempts, stableAfter }} />}
    </StoryScene>
  ),
  play: async ({ args: { minDelay = 0, maxDelay = 0 }, canvas, userEvent, step }) => {
    await seeState(canvas, 'Open');
    await step('The delay lies inside the window of the props', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      const retry = await seeEvent(canvas, 'retry attempt 1 in');
      const seconds = parseFloat(/in ([\d.]+) s/.exec(retry.textContent)?.[1] ?? '');
      await expect(seconds).toBeGreaterThanOrEqual(minDelay / 1_000);
      await expect(seconds).toBeLessThanOrEqual(maxDelay / 1_000);
    });
    await step('The countdown runs from retryAt', async () => {
      const { first } = await seeCountdown(canvas);
      await expect(first).toBeLessThanOrEqual(maxDelay / 1_000);
      await expect(valueOf(canvas, 'Next dial at')).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
    });
    await step('It comes back', async () => {
      await seeState(canvas, 'Open');
      await seeValue(canvas, 'Dials accepted', '2');
    });
  },
};

/** StrictMode mounts everything twice, and still there is one dial. */
export const InStrictMode: Story = {
  name: 'Strict mode',
  parameters: showCode(`
<StrictMode>
  <Quotes />
</StrictMode>`),
  render: ({ server }) => (
    <StrictMode>
      <StoryScene options={server}>{(at) => <OwnClient server={at} />}</StoryScene>
    </StrictMode>
  ),
  play: async ({ canvas }) => {
    await seeState(canvas, 'Open');
    await seeEvent(canvas, 'message');
    await expect(countEvents(canvas, 'dial')).toBe(1);
    await expect(valueOf(canvas, 'Dials accepted')).toBe('1');
    await expect(valueOf(canvas, 'Open sockets')).toBe('1');
  },
};
