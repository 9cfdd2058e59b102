import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { WebSocketInspector, type WebSocketInspectorProps } from '../src/devtools/index.js';
import { InspectedClient } from './devtools/InspectedClient.js';
import { withControls } from './demo/controls.js';
import { showCode } from './demo/showCode.js';
import { Demo } from './demo/Demo.js';
import { type Canvas, eventually } from './assertions.js';

const meta: Meta<WebSocketInspectorProps> = {
  title: 'Devtools',
  component: WebSocketInspector,
  parameters: {
    ...showCode(`
import { WebSocketInspector } from 'react-websocket-hooks/devtools';

function Quotes() {
  const socket = useWebSocket('wss://example.com/quotes');
  return (
    <>
      {/* … */}
      {process.env.NODE_ENV === 'development' && <WebSocketInspector source={socket} name="quotes" />}
    </>
  );
}`),
    ...withControls('limit'),
  },
  argTypes: {
    source: { control: false },
    name: { control: false },
    limit: { control: { type: 'number', min: 1 } },
  },
  args: { limit: 500 },
  render: ({ limit }) => (
    <Demo showsFrames={false}>{(server) => <InspectedClient server={server} limit={limit} />}</Demo>
  ),
};

export default meta;
type Story = StoryObj<WebSocketInspectorProps>;

/** The types of the listed events, newest first. */
const typesOf = (canvas: Canvas): readonly string[] =>
  [...canvas.getByRole('list', { name: /^Events/ }).querySelectorAll('.rwh-type')].map(
    ({ textContent }) => textContent,
  );

/**
 * Shows one connection, or the handle of a hook: its state and the reason for it, a timeline, counts, and every event
 * with its message. It does not keep the connection alive, and renders at most once a frame.
 */
export const Inspector: Story = {
  play: async ({ canvas, userEvent, step }) => {
    const state = () => canvas.getByRole('status').textContent;
    await step('It sees the connection open, and the first message', async () => {
      await eventually(() => expect(typesOf(canvas)).toEqual(['message', 'open', 'dial']));
      await expect(state()).toBe('open');
    });
    await step('It shows a frame that is sent, and all of its message when its line is opened', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send text' }));
      await eventually(() => expect(typesOf(canvas)[1]).toBe('sent'));
      await userEvent.click(canvas.getByText('sent', { selector: '.rwh-type' }));
      await eventually(() =>
        expect(canvas.getByText('{"subscribe":"ACME"}', { selector: 'pre' })).toBeVisible(),
      );
    });
    await step('It explains a restart, and counts down to the next attempt', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Restart/ }));
      await eventually(() => expect(state()).toBe('reconnecting'));
      await expect(canvas.getByText('1012 Service Restart')).toBeVisible();
      await expect(canvas.getByRole('timer')).toBeVisible();
    });
    await step('It sees the connection come back', async () => {
      await eventually(() => expect(state()).toBe('open'));
    });
    await step('It hides a group of events', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Received' }));
      await eventually(() => expect(typesOf(canvas)).not.toContain('message'));
      await expect(typesOf(canvas)).toContain('retry');
    });
  },
};
