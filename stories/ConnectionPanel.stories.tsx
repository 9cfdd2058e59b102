import type { Meta, StoryObj } from '@storybook/react-vite';
import { StrictMode } from 'react';
import type { InputType } from 'storybook/internal/types';
import { expect } from 'storybook/test';

import type { ReconnectOptions } from '../src/index.js';
import { ConnectionPanel, type ConnectionPanelProps } from './panel/ConnectionPanel.js';
import { OwnClient, ProvidedClient, ThrowingClient } from './demo/clients.js';
import { WITHOUT_CONTROLS, withControls } from './demo/controls.js';
import { Demo } from './demo/Demo.js';
import { showCode } from './demo/showCode.js';
import {
  countEvents,
  eventually,
  expectCountdown,
  expectDiagnosis,
  expectEvent,
  expectState,
  expectValue,
  valueOf,
} from './assertions.js';
import type { StoryServerOptions } from './server/storyServer.js';

type Policy = Pick<ReconnectOptions, 'minDelay' | 'maxDelay' | 'maxAttempts' | 'stableAfter'>;

/** The reconnect policy, and the behaviour of the server. */
type Args = Policy & ConnectionPanelProps & { readonly server?: StoryServerOptions };

/** Headline of the panel after a 1003. */
const CONTRACT_FAILED = 'Failed Client and server disagree about the data.';

/** The control of an option, with its description and the default of the library. */
function option(description: string, defaultValue: string, step: number): InputType {
  return {
    control: { type: 'number', min: 0, step },
    description,
    table: { type: { summary: 'number' }, defaultValue: { summary: defaultValue } },
  };
}

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
    <Demo options={server}>
      {(at) => <OwnClient server={at} reconnect={{ minDelay, maxDelay, maxAttempts, stableAfter }} />}
    </Demo>
  ),
};

export default meta;
type Story = StoryObj<Args>;

/**
 * The server closes all connections with 1012 and is back a moment later. The client reconnects automatically, after
 * a random delay of 1 to 5 seconds, so that not all clients reconnect at once.
 */
export const ServiceRestart: Story = {
  name: 'Service restart (1012)',
  play: async ({ canvas, userEvent, step }) => {
    await step('The connection opens', async () => {
      await expectState(canvas, 'Open');
    });
    await step('The server restarts and the panel says so', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await expectState(canvas, 'Reconnecting The server is restarting.');
      await expect(valueOf(canvas, 'Cause')).toBe('1012 Service Restart');
    });
    await step('The delay is within 1 to 5 seconds and the countdown runs', async () => {
      const { first } = await expectCountdown(canvas);
      await expect(first).toBeLessThanOrEqual(5);
      const retry = await expectEvent(canvas, 'retry attempt 1 in');
      const seconds = parseFloat(/in ([\d.]+) s/.exec(retry.textContent)?.[1] ?? '');
      await expect(seconds).toBeGreaterThanOrEqual(1);
      await expect(seconds).toBeLessThanOrEqual(5);
    });
    await step('The connection reopens automatically', async () => {
      await expectState(canvas, 'Open');
      await expectEvent(canvas, 'open attempt 1');
    });
    await step('The timeline shows the outage, and describes it for screen readers', async () => {
      const strip = canvas.getByRole('img', { name: /^Timeline/ });
      await eventually(() =>
        expect(strip).toHaveAccessibleName(
          /open [\d.]+ s, then waiting [\d.]+ s.*, then open [\d.]+ s.*2 attempts, 1 close \(1012\)/,
        ),
      );
    });
  },
};

/**
 * A long restart: the server refuses three attempts. The outage keeps its cause and its delay window, so the panel
 * still says that the server is restarting, although the latest close is a 1006.
 */
export const RefusedWhileRestarting: Story = {
  name: 'Refused while restarting',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/quotes', {
  reconnect: { minDelay: 600, maxDelay: 1_200 },
});`),
  args: { minDelay: 600, maxDelay: 1_200, server: { refuse: 3 } },
  play: async ({ canvas, userEvent, step }) => {
    await expectState(canvas, 'Open');
    await step('The server restarts and refuses three attempts', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await expectEvent(canvas, 'retry attempt 3');
      await expectState(canvas, 'Reconnecting The server is restarting.');
      await expect(valueOf(canvas, 'Cause')).toBe('1012 Service Restart');
      await expect(canvas.getByRole('region', { name: 'Last close' })).toHaveTextContent('1006');
    });
    await step('The server accepts the fourth attempt', async () => {
      await expectState(canvas, 'Open');
      await expectEvent(canvas, 'open attempt 4');
      await expect(valueOf(canvas, 'Refused connections')).toBe('3');
    });
  },
};

/**
 * The client sends a binary frame to a server that accepts text only. Retrying cannot fix this, so the connection
 * does not reconnect, and the diagnosis names the frame. Fix the cause, then call `reconnect()`: another binary
 * frame fails again.
 */
export const ContractError: Story = {
  name: 'Contract error (1003)',
  parameters: showCode(`
const { status, reconnect } = useWebSocket('wss://example.com/quotes', {
  // For you: names the frame that the server rejected.
  onError: (error) => console.error(error.message, error.hint),
});

if (status === 'failed') {
  return <p>Quotes are not available. <button onClick={reconnect}>Try again</button></p>;
}`),
  args: { server: { accepts: 'text' } },
  play: async ({ canvas, userEvent, step }) => {
    await expectState(canvas, 'Open');
    await step('The server closes with 1003 on a binary frame', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send binary' }));
      await expectState(canvas, CONTRACT_FAILED);
      await expectDiagnosis(canvas, 'this server takes text only');
    });
    await step('The diagnosis names the last frame sent', async () => {
      await expectDiagnosis(canvas, 'binary (Uint8Array, 1,024 bytes)');
    });
    await step('The client does not reconnect until reconnect() is called', async () => {
      await expect(valueOf(canvas, 'Accepted connections')).toBe('1');
      await expect(canvas.queryByText('Waiting for')).not.toBeInTheDocument();
      await userEvent.click(canvas.getByRole('button', { name: 'Reconnect now' }));
      await expectState(canvas, 'Open');
      await expect(valueOf(canvas, 'Accepted connections')).toBe('2');
    });
    await step('Another binary frame ends the connection again', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send binary' }));
      await expectState(canvas, CONTRACT_FAILED);
      await expectDiagnosis(canvas, 'binary (Uint8Array, 1,024 bytes)');
    });
  },
};

/** With `throwOnError` the hook throws a terminal error during render, so the nearest error boundary shows it. */
export const InErrorBoundary: Story = {
  name: 'Error boundary',
  parameters: {
    ...showCode(`
function Quotes() {
  const socket = useWebSocket('wss://example.com/quotes', { throwOnError: true });
  return <ConnectionPanel socket={socket} />;
}

<ErrorBoundary fallback={…}>
  <Quotes />
</ErrorBoundary>`),
    // The story shows the error; React would also write it to the console.
    react: { rootOptions: { onCaughtError: () => {} } },
  },
  render: ({ server }) => <Demo options={server}>{(at) => <ThrowingClient server={at} />}</Demo>,
  play: async ({ canvas, userEvent, step }) => {
    await expectState(canvas, 'Open');
    await step('The server rejects the data and the error boundary shows the error', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Reject data (1003)' }));
      await expect(await canvas.findByRole('alert')).toHaveTextContent('Quotes are not available');
      await expect(canvas.queryByRole('status')).not.toBeInTheDocument();
    });
    await step('Mounting the component again starts a new connection', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Try again' }));
      await expectState(canvas, 'Open');
    });
    await step('The server rejects the data again and the boundary shows the reason', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Reject data (1003)' }));
      await expect(await canvas.findByRole('alert')).toHaveTextContent('Quotes are not available');
      await expectDiagnosis(canvas, 'this server does not take this type of data');
    });
  },
};

/**
 * A server that accepts every connection and closes it at once. `attempt` returns to 0 only after the connection was
 * open for `stableAfter`, so `maxAttempts` ends the retries.
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
    const allFailed = 'Failed All reconnect attempts failed.';
    await step('The client stops after three reconnect attempts', async () => {
      await expectState(canvas, allFailed);
      await expect(valueOf(canvas, 'Accepted connections')).toBe('4');
      await expect(valueOf(canvas, 'Attempt')).toBe('3');
    });
    await step('After the server is fixed, reconnect() opens the connection', async () => {
      await userEvent.click(flap);
      await userEvent.click(canvas.getByRole('button', { name: 'Reconnect now' }));
      await expectState(canvas, 'Open');
    });
    await step('The server flaps again and the client spends three more attempts', async () => {
      await userEvent.click(flap);
      await expectState(canvas, allFailed);
      await expect(valueOf(canvas, 'Accepted connections')).toBe('8');
      await expectDiagnosis(canvas, 'exhausted');
    });
  },
};

/**
 * The reconnect policy is a prop of `WebSocketProvider`; change it with the controls. New values apply to the next
 * reconnect, without closing the connection. Values that contradict each other throw an error that names them.
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
    minDelay: option('The shortest delay, in ms', '1000', 100),
    maxDelay: option('The longest delay, in ms', '5000', 100),
    maxAttempts: option('After so many attempts the connection fails', 'Infinity', 1),
    stableAfter: option('After so long open, in ms, attempts count from 0 again', '5000', 100),
  },
  render: ({ server, minDelay, maxDelay, maxAttempts, stableAfter }) => (
    <Demo options={server}>
      {(at) => <ProvidedClient server={at} reconnect={{ minDelay, maxDelay, maxAttempts, stableAfter }} />}
    </Demo>
  ),
  play: async ({ args: { minDelay = 0, maxDelay = 0 }, canvas, userEvent, step }) => {
    await expectState(canvas, 'Open');
    await step('The delay is within the window of the props', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      const retry = await expectEvent(canvas, 'retry attempt 1 in');
      const seconds = parseFloat(/in ([\d.]+) s/.exec(retry.textContent)?.[1] ?? '');
      await expect(seconds).toBeGreaterThanOrEqual(minDelay / 1_000);
      await expect(seconds).toBeLessThanOrEqual(maxDelay / 1_000);
    });
    await step('The countdown runs from retryAt', async () => {
      const { first } = await expectCountdown(canvas);
      await expect(first).toBeLessThanOrEqual(maxDelay / 1_000);
      await expect(valueOf(canvas, 'Next attempt at')).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/);
    });
    await step('The connection reopens', async () => {
      await expectState(canvas, 'Open');
      await expectValue(canvas, 'Accepted connections', '2');
    });
  },
};

/**
 * While a policy is being typed it may contradict itself: here the smallest delay exceeds the largest one. The library
 * throws a `RangeError` that names the option; the story shows it and keeps the connection.
 */
export const InvalidPolicy: Story = {
  ...PolicyFromProps,
  name: 'Invalid policy',
  args: { minDelay: 3_000, maxDelay: 2_500 },
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('alert')).toHaveTextContent(/RangeError.*minDelay/);
  },
};

/** StrictMode mounts every component twice; the connection is still opened once. */
export const InStrictMode: Story = {
  name: 'Strict mode',
  parameters: showCode(`
<StrictMode>
  <Quotes />
</StrictMode>`),
  render: ({ server }) => (
    <StrictMode>
      <Demo options={server}>{(at) => <OwnClient server={at} />}</Demo>
    </StrictMode>
  ),
  play: async ({ canvas }) => {
    await expectState(canvas, 'Open');
    await expectEvent(canvas, 'message');
    await expect(countEvents(canvas, 'dial')).toBe(1);
    await expect(valueOf(canvas, 'Accepted connections')).toBe('1');
    await expect(valueOf(canvas, 'Open sockets')).toBe('1');
  },
};
