import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { Burst } from './messages/Burst.js';
import { Chat } from './messages/Chat.js';
import { OrderBook } from './messages/OrderBook.js';
import { Shared } from './messages/Shared.js';
import { Tickers } from './messages/Tickers.js';
import { Violations } from './messages/Violations.js';
import { WITHOUT_CONTROLS } from './demo/controls.js';
import { showCode } from './demo/showCode.js';
import { regionOf, eventually, expectState, expectValue, valueOf } from './assertions.js';

const meta = {
  title: 'Messages',
  parameters: WITHOUT_CONTROLS,
} satisfies Meta;

export default meta;
type Story = StoryObj;

/**
 * Ten thousand messages at once, to two sockets. `useMessageReducer` folds every message as it arrives and renders at
 * most once a frame. A hand-written hook that keeps the latest message in `useState` sees one message per render and
 * loses the others.
 */
export const BurstOfMessages: Story = {
  name: 'Burst of 10,000 messages',
  parameters: showCode(`
const folded = useMessageReducer(socket, fold, initial); // every message, one render a frame

// hand-written, loses messages:
socket.onmessage = ({ data }) => setLast(JSON.parse(data));
useEffect(() => fold(last), [last]);`),
  render: () => <Burst />,
  play: async ({ canvas, userEvent, step }) => {
    await eventually(() => expect(valueOf(canvas, 'Open sockets')).toBe('2'));
    const reducer = regionOf(canvas, 'useMessageReducer');
    const handWritten = regionOf(canvas, 'useState, hand-written');
    await step('The server sends 10,000 messages to each socket', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send a burst of 10,000' }));
      await expectValue(canvas, 'Messages sent to each', '10,000');
      await expectValue(handWritten, 'Received by the socket', '10,000');
    });
    await step('The reducer has seen every message, with few renders', async () => {
      await expectValue(reducer, 'Received by the socket', '10,000');
      await expectValue(reducer, 'Seen by the component', '10,000');
      await expect(reducer.getByText(/none lost/)).toBeVisible();
      await expect(countOf(valueOf(reducer, 'Rendered'))).toBeLessThan(1_000);
    });
    await step('The hand-written hook has lost most messages', async () => {
      await expect(countOf(valueOf(handWritten, 'Seen by the component'))).toBeLessThan(1_000);
      await expect(handWritten.getByText(/lost/)).toBeVisible();
    });
  },
};

/**
 * One missed change would leave an order book wrong for good. `useMessageReducer` folds every change, so the book in
 * the page always matches the book on the server, however fast React renders.
 */
export const ReducedOrderBook: Story = {
  name: 'Order book',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/book', { contract: json<BookMessage, never>() });
const book = useMessageReducer(socket, applyToBook, emptyBook);`),
  render: () => <OrderBook />,
  play: async ({ canvas, userEvent, step }) => {
    await expectState(canvas, 'Open');
    await step('The client shows the snapshot of the server', async () => {
      await expectValue(canvas, 'Shares in the book', valueOf(canvas, 'Shares on the server'));
    });
    await step('After 2,000 changes at once both books are still equal', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send 2,000 changes at once' }));
      await expectValue(canvas, 'Changes folded', '2,000');
      await expect(valueOf(canvas, 'Shares in the book')).toBe(valueOf(canvas, 'Shares on the server'));
    });
  },
};

/**
 * Two hundred components share a socket, and each reads one topic. A message renders only the component of its topic.
 * Subscriptions follow the mounted components, also after a restart.
 */
export const TickersOnOneSocket: Story = {
  name: '200 tickers on one socket',
  parameters: showCode(`
const quotes = createConnection('wss://example.com/quotes', {
  contract: json<Quote, Request>(),
  topics: {
    of: ({ symbol }) => symbol,
    subscribe: (symbol) => ({ subscribe: symbol }),
    unsubscribe: (symbol) => ({ unsubscribe: symbol }),
  },
  reconnect: { minDelay: 400, maxDelay: 1_200 },
});

function Ticker({ symbol }: { symbol: string }) {
  const price = useLatestMessage(quotes, { topic: symbol, select: (quote) => quote.price });
  return <li>{symbol} {price}</li>;
}`),
  render: () => <Tickers />,
  play: async ({ canvas, userEvent, step }) => {
    const press = (name: RegExp | string): Promise<void> =>
      userEvent.click(canvas.getByRole('button', { name }));
    const rendered = 'Ticker renders since the last action';
    await expectState(canvas, 'Open');
    await step('All 200 components subscribe and show a price', async () => {
      await expectValue(canvas, 'Subscriptions', '200');
      const tickers = canvas.getByRole('list', { name: 'Tickers' });
      await eventually(() => expect(tickers).not.toHaveTextContent('–'));
      await expect(valueOf(canvas, 'Open sockets')).toBe('1');
    });
    await step('A hundred messages of one topic render one ticker, and only once a frame', async () => {
      await press('Change T042 100 times');
      await eventually(() => expect(valueOf(canvas, rendered)).not.toBe('0'));
      // They arrive in one frame, or in a few on a busy machine.
      await expect(Number(valueOf(canvas, rendered))).toBeLessThan(10);
    });
    await step('One message per topic renders each ticker once', async () => {
      await press('Change every price');
      await eventually(() => expect(valueOf(canvas, rendered)).toBe('200'));
    });
    await step('Half of the tickers unmount and unsubscribe', async () => {
      await press('Show half of them');
      await expectValue(canvas, 'Subscriptions', '100');
      await press('Show half of them');
      await expectValue(canvas, 'Subscriptions', '200');
    });
    await step('After a restart all topics are subscribed again without a render', async () => {
      await press(/^Restart/);
      await expectValue(canvas, 'Accepted connections', '2');
      await expectValue(canvas, 'Subscriptions', '200');
      await eventually(() => expect(valueOf(canvas, rendered)).toBe('0'));
    });
  },
};

/**
 * Messages written while the server is down are queued and sent once, in order. When the queue is full, `send`
 * returns `'refused'`; messages that will never be sent come back through `onDrop`.
 */
export const ChatWithOfflineQueue: Story = {
  name: 'Chat with an offline queue',
  parameters: showCode(`
const chat = useWebSocket('wss://example.com/chat', {
  contract: json<ChatMessage, ChatMessage>(),
  sendQueue: { maxMessages: 3 },
  reconnect: { minDelay: 300, maxDelay: 800 },
  onDrop: ({ message, reason }) => markAsNotSent(message, reason),
});
const result = chat.send(message); // 'sent', 'queued' or 'refused'`),
  render: () => <Chat />,
  play: async ({ canvas, userEvent, step }) => {
    const writeMessage = async (text: string): Promise<void> => {
      await userEvent.clear(canvas.getByLabelText('Message'));
      await userEvent.type(canvas.getByLabelText('Message'), `${text}{Enter}`);
    };
    const expectLine = (text: string, standing: string): Promise<void> =>
      eventually(() => expect(canvas.getByText(text).parentElement).toHaveTextContent(standing));
    await expectState(canvas, 'Open');
    await step('A message is delivered', async () => {
      await writeMessage('Hello');
      await expectLine('Hello', 'Delivered');
    });
    await step('While the server is down three messages wait and the fourth is refused', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Stop the server/ }));
      await expectState(canvas, 'Reconnecting');
      for (const text of ['One', 'Two', 'Three', 'Four']) await writeMessage(text);
      for (const text of ['One', 'Two', 'Three']) await expectLine(text, 'Waiting for the server');
      await expect(canvas.getByRole('alert')).toHaveTextContent('3 messages are waiting already');
      await expect(canvas.getByLabelText('Message')).toHaveValue('Four');
    });
    await step('The server is back and the three messages are delivered', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Start the server' }));
      await expectState(canvas, 'Open');
      for (const text of ['One', 'Two', 'Three']) await expectLine(text, 'Delivered');
    });
    await step('Leaving the chat returns the message that still waits', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Stop the server/ }));
      await expectState(canvas, 'Reconnecting');
      await writeMessage('Too late');
      await userEvent.click(canvas.getByRole('button', { name: 'Leave the chat' }));
      await expectLine('Too late', 'Not sent: you left the chat');
    });
  },
};

/**
 * The contract is a zod schema per direction (any Standard Schema works). An incoming message that violates it is
 * reported and not delivered, or ends the connection. An outgoing one makes `send` throw before anything is sent.
 */
export const ContractViolations: Story = {
  name: 'Contract violations',
  parameters: showCode(`
const Quote = z.object({ symbol: z.string(), price: z.number().positive() });
const Order = z.object({ symbol: z.string(), quantity: z.number().int().positive() });

const socket = useWebSocket('wss://example.com/orders', {
  contract: json({ receive: Quote, send: Order }),
  onViolation: 'report', // or 'fail'
  onError: (error) => log(error.message),
});`),
  render: () => <Violations />,
  play: async ({ canvas, userEvent, step }) => {
    const reporting = regionOf(canvas, "onViolation: 'report'");
    const failing = regionOf(canvas, "onViolation: 'fail'");
    await expectState(reporting, 'Open');
    await expectState(failing, 'Open');
    await step('A valid quote is delivered', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Valid quote' }));
      await eventually(() => expect(reporting.getByText('118.25')).toBeVisible());
      await eventually(() => expect(failing.getByText('118.25')).toBeVisible());
    });
    await step('An invalid order throws and nothing reaches the server', async () => {
      await userEvent.click(reporting.getByRole('button', { name: 'Order −10' }));
      await eventually(() =>
        expect(reporting.getByRole('list', { name: 'Reported' })).toHaveTextContent('quantity'),
      );
      await expect(canvas.getByText('None yet.')).toBeVisible();
      await expectState(reporting, 'Open');
    });
    await step('An invalid quote is reported on the left and ends the connection on the right', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Price as text' }));
      await eventually(() =>
        expect(reporting.getByRole('list', { name: 'Reported' })).toHaveTextContent('price'),
      );
      await expectState(reporting, 'Open');
      await expectState(failing, 'Failed');
      await expect(failing.getByRole('list', { name: 'Reported' })).toHaveTextContent('price');
    });
  },
};

/** Twenty components use the same URL with `share: true`. They share one socket, which closes when the last one unmounts. */
export const SharedByTwenty: Story = {
  name: 'Shared by twenty components',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/quotes', {
  share: true,
  reconnect: { minDelay: 400, maxDelay: 1_200 },
});`),
  render: () => <Shared />,
  play: async ({ canvas, userEvent, step }) => {
    const press = (name: string): Promise<void> => userEvent.click(canvas.getByRole('button', { name }));
    const expectOpen = (size: number): Promise<void> =>
      eventually(() => expect(canvas.queryAllByText('Open')).toHaveLength(size));
    await step('Twenty components are open on one socket', async () => {
      await expectOpen(20);
      await expect(valueOf(canvas, 'Open sockets')).toBe('1');
      await expect(valueOf(canvas, 'Accepted connections')).toBe('1');
    });
    await step('Fifteen components unmount and the socket stays open', async () => {
      await press('Mount 5');
      await expectOpen(5);
      await expect(valueOf(canvas, 'Open sockets')).toBe('1');
    });
    await step('The last component closes the socket and the next one opens a new one', async () => {
      await press('Mount none');
      await eventually(() => expect(valueOf(canvas, 'Open sockets')).toBe('0'));
      await press('Mount 20');
      await expectOpen(20);
      await expect(valueOf(canvas, 'Open sockets')).toBe('1');
      await expect(valueOf(canvas, 'Accepted connections')).toBe('2');
    });
  },
};

function countOf(shown: string): number {
  return Number(shown.replaceAll(',', ''));
}
