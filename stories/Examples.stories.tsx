import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, within } from 'storybook/test';

import { eventually, expectValue, regionOf, valueOf } from './assertions.js';
import { WITHOUT_CONTROLS } from './demo/controls.js';
import { showCode } from './demo/showCode.js';
import { CursorBoard } from './examples/CursorBoard.js';
import { NotificationBell } from './examples/NotificationBell.js';
import { ReconnectBanner } from './examples/ReconnectBanner.js';
import { TOKENS } from './examples/tokenStream.js';
import { TokenStream } from './examples/TokenStream.js';

/** Parts of real applications, each with the code that an application needs. */
const meta = {
  title: 'Examples',
  parameters: WITHOUT_CONTROLS,
} satisfies Meta;

export default meta;
type Story = StoryObj;

/**
 * A language model answers token by token, faster than the screen renders. `useMessageReducer` appends every token as
 * it arrives and renders at most once a frame, so no token is lost.
 */
export const TokenStreamOfAModel: Story = {
  name: 'Token stream of a language model',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/answers', { contract: json<Token, never>() });
const answer = useMessageReducer(socket, (text, token) => text + token.text, '');

return <p>{answer}</p>;`),
  render: () => <TokenStream />,
  play: async ({ canvas, userEvent, step }) => {
    await eventually(() => expect(canvas.getByRole('status')).toHaveTextContent('Open'));
    await step('All tokens arrive, in order', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Ask a question' }));
      await expectValue(canvas, 'Tokens shown', TOKENS.length.toLocaleString('en-US'));
      await expect(valueOf(canvas, 'Tokens lost')).toBe('none');
      await expect(canvas.getByText(TOKENS.join(''))).toBeVisible();
    });
    await step('There are fewer renders than tokens', async () => {
      const renders = Number(valueOf(canvas, 'Renders').replaceAll(',', ''));
      await expect(renders).toBeLessThan(TOKENS.length / 2);
    });
  },
};

/**
 * Clients share their cursors. Each sends at most 20 positions per second, and always the last one. Positions are
 * outdated soon, so `sendQueue: false` drops them while the connection is down.
 */
export const CursorsOfSeveralClients: Story = {
  name: 'Cursor board',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/board', { contract: json<Cursor, Cursor>(), sendQueue: false });
const cursors = useMessageReducer(socket, moveCursor, {});
const send = useThrottled(socket.send, 50);

<div onPointerMove={(event) => send(positionOf(event))}>…</div>`),
  render: () => <CursorBoard />,
  play: async ({ canvas, userEvent, step }) => {
    const client = (number: number) => regionOf(canvas, `Client ${number}`);
    const board = client(1).getByRole('application');
    await eventually(() => expect(valueOf(canvas, 'Open sockets')).toBe('3'));
    let startedAt = 0;
    await step('The other clients see the last of many moves', async () => {
      const { left, top, width, height } = board.getBoundingClientRect();
      startedAt = performance.now();
      for (let move = 1; move <= 40; move += 1) {
        await fireEvent.pointerMove(board, {
          clientX: left + (width * move) / 50,
          clientY: top + height / 2,
        });
      }
      for (const number of [2, 3]) {
        await eventually(() =>
          expect(client(number).getByText('client 1').parentElement).toHaveAttribute('data-x', '0.80'),
        );
      }
    });
    await step('At most one frame in 50 ms was sent for these moves', async () => {
      await expect(valueOf(client(1), 'Moves')).toBe('40');
      // The first position is sent at once, and the last one after the interval.
      const limit = 2 + (performance.now() - startedAt) / 50;
      await expect(Number(valueOf(client(1), 'Frames sent'))).toBeLessThanOrEqual(limit);
    });
    await step('Arrow keys move a cursor too', async () => {
      client(2).getByRole('application').focus();
      await userEvent.keyboard('{ArrowRight}');
      await eventually(() =>
        expect(client(1).getByText('client 2').parentElement).toHaveAttribute('data-x', '0.55'),
      );
    });
  },
};

/**
 * A bell in the layout and a list on a page call the same hook with `share: true`, so they use one socket. It stays
 * open when the page changes, and reconnects for both.
 */
export const SharedNotificationBell: Story = {
  name: 'Notification bell',
  parameters: showCode(`
const useNotifications = () =>
  useWebSocket('wss://example.com/notifications', { contract: json<Notification, never>(), share: true });

function Bell() {
  const count = useMessageReducer(useNotifications(), (count) => count + 1, 0);
  return <button>Notifications: {count}</button>;
}

function Inbox() {
  const latest = useLatestMessage(useNotifications());
  return <p>{latest?.text}</p>;
}`),
  render: () => <NotificationBell />,
  play: async ({ canvas, userEvent, step }) => {
    const press = (name: string | RegExp) => userEvent.click(canvas.getByRole('button', { name }));
    await expectValue(canvas, 'Open sockets', '1');
    await step('Bell and page receive the same notification', async () => {
      await press('Send a notification');
      await eventually(() => expect(canvas.getByRole('status')).toHaveTextContent('1 notification'));
      await eventually(() => expect(canvas.getByText('Latest: Build 1042 passed')).toBeVisible());
    });
    await step('The page unmounts and the bell keeps the connection', async () => {
      await press('Home');
      await press('Send a notification');
      await eventually(() => expect(canvas.getByRole('status')).toHaveTextContent('2 notifications'));
      await press('Notifications');
      await expect(valueOf(canvas, 'Accepted connections')).toBe('1');
    });
    await step('After a restart one socket serves both again', async () => {
      await press(/^Restart/);
      await expectValue(canvas, 'Accepted connections', '2');
      await press('Send a notification');
      await eventually(() => expect(canvas.getByRole('status')).toHaveTextContent('3 notifications'));
      await eventually(() => expect(canvas.getByText('Latest: New comment on your post')).toBeVisible());
    });
  },
};

/**
 * What users see: during a restart a banner that counts down, with the old price greyed out; after a 1003 a page that
 * says what to do, with the hint for developers folded away.
 */
export const BannerAndErrorPage: Story = {
  name: 'Banner “back in 3 s” and 1003 page',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/quotes');

if (socket.status === 'failed') return <ErrorPage error={socket.error} onRetry={socket.reconnect} />;

return (
  <>
    {socket.status === 'reconnecting' && <Banner cause={socket.cause} retryAt={socket.retryAt} />}
    <Quotes />
  </>
);`),
  render: () => <ReconnectBanner />,
  play: async ({ canvas, userEvent, step }) => {
    const press = (name: string | RegExp) => userEvent.click(canvas.getByRole('button', { name }));
    const banner = () => within(canvas.getByRole('status'));
    await eventually(() => expect(canvas.getByText('Live')).toBeVisible());
    await step('During a restart the banner counts down', async () => {
      await press(/^Restart/);
      await eventually(() => expect(banner().getByText('The server is restarting.')).toBeVisible());
      await eventually(() => expect(banner().getByText(/^Back in [1-3] s$/)).toBeVisible());
      await expect(canvas.getByText('Not live')).toBeVisible();
    });
    await step('The banner goes when the connection is open', async () => {
      await eventually(() => expect(canvas.getByText('Live')).toBeVisible());
      await expect(canvas.getByRole('status')).toBeEmptyDOMElement();
    });
    await step('After a 1003 a page says what to do, and trying again opens a new connection', async () => {
      await press('Reject data (1003)');
      await eventually(() =>
        expect(canvas.getByRole('alert')).toHaveTextContent('cannot talk to the server'),
      );
      await press('Try again');
      await eventually(() => expect(canvas.getByText('Live')).toBeVisible());
    });
    await step('The server rejects the data again', async () => {
      await press('Reject data (1003)');
      await eventually(() => expect(canvas.getByRole('alert')).toHaveTextContent('1003'));
    });
  },
};
