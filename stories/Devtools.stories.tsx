import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';

import {
  type WebSocketDevtoolsProps,
  WebSocketInspector,
  type WebSocketInspectorProps,
} from '../src/devtools/index.js';
import { DevtoolsDemo } from './devtools/DevtoolsDemo.js';
import { InspectedClient } from './devtools/InspectedClient.js';
import { WITHOUT_CONTROLS, withControls } from './demo/controls.js';
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

/** The panel of the devtools remembers its place, which would carry over from one visit to the next. */
const forgetSettings = (): void => localStorage.removeItem('react-websocket-hooks:devtools');

const devtoolsCode = `
import { WebSocketDevtools } from 'react-websocket-hooks/devtools';

<App />
{process.env.NODE_ENV !== 'production' && <WebSocketDevtools />}`;

/**
 * A floating panel with every connection of the page: state, timeline, counts and frames, and buttons that act out a
 * restart (1012), rejected data (1003), a lost connection and a server that no longer responds. Render it once, near
 * the root. Bundlers leave it out of a production build under the usual condition.
 */
export const Devtools: StoryObj<WebSocketDevtoolsProps> = {
  args: { initialIsOpen: true, initialPosition: 'bottom-right' },
  argTypes: { limit: { table: { disable: true } } },
  parameters: {
    ...showCode(devtoolsCode),
    ...WITHOUT_CONTROLS,
    docs: { ...showCode(devtoolsCode).docs, story: { inline: false, iframeHeight: 720 } },
  },
  beforeEach: forgetSettings,
  render: (args) => <DevtoolsDemo {...args} />,
  play: async ({ canvas, userEvent, step }) => {
    const panel = within(canvas.getByRole('region', { name: 'WebSocket devtools' }));
    const press = async (name: string | RegExp): Promise<void> =>
      userEvent.click(panel.getByRole('button', { name }));
    const select = async (name: string): Promise<void> => press(new RegExp(`^ws://${name}-`));
    const state = () => panel.getByRole('status').textContent;
    const types = () =>
      [...panel.getByRole('list', { name: /^Events/ }).querySelectorAll('.rwh-type')].map(
        ({ textContent }) => textContent,
      );

    await step('It lists the three connections of the page', async () => {
      const tabs = within(panel.getByRole('list', { name: 'Connections' }));
      await eventually(() => expect(tabs.getAllByRole('button', { name: /open/ })).toHaveLength(3));
    });
    await step('A restart (1012): the connection comes back by itself', async () => {
      await select('prices');
      await eventually(() => expect(types()).toContain('message'));
      await press('Restart (1012)');
      await eventually(() => expect(state()).toBe('reconnecting'));
      await expect(panel.getByText('1012 Service Restart')).toBeVisible();
      await eventually(() => expect(state()).toBe('open'));
    });
    await step('Rejected data (1003): the connection fails and stays so until reconnect()', async () => {
      await select('chat');
      await userEvent.click(canvas.getByRole('button', { name: 'Say hello' }));
      await eventually(() => expect(types()).toContain('sent'));
      await press('Reject data (1003)');
      await eventually(() => expect(state()).toBe('failed'));
      await press('Reconnect');
      await eventually(() => expect(state()).toBe('open'));
    });
    await step('Silence: the heartbeat notices and reconnects', async () => {
      await select('presence');
      await press('Silence');
      await eventually(() => expect(state()).toBe('reconnecting'));
      await expect(types()).toContain('heartbeat');
      await eventually(() => expect(state()).toBe('open'));
    });
    await step('A lost connection is dialled again', async () => {
      await press('Lose connection (1006)');
      await eventually(() => expect(state()).toBe('reconnecting'));
      await eventually(() => expect(state()).toBe('open'));
    });
    await step('The filter and the group buttons choose among the events', async () => {
      await userEvent.type(panel.getByRole('searchbox'), 'pong');
      await eventually(() => expect(new Set(types())).toEqual(new Set(['message'])));
      await userEvent.clear(panel.getByRole('searchbox'));
      await press('Received');
      await eventually(() => expect(types()).not.toContain('message'));
      await press('Received');
    });
    await step('It closes to a button that says how many connections there are', async () => {
      await press('Close WebSocket devtools');
      await press('Open WebSocket devtools (3 connections)');
      await select('prices');
    });
  },
};
