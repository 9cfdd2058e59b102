import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect } from 'storybook/test';

import { Burst } from './messages/Burst.js';
import { Chat } from './messages/Chat.js';
import { OrderBook } from './messages/OrderBook.js';
import { Shared } from './messages/Shared.js';
import { Tickers } from './messages/Tickers.js';
import { Violations } from './messages/Violations.js';
import { WITHOUT_CONTROLS } from './scene/controls.js';
import { showCode } from './scene/showCode.js';
import { partOf, see, seeState, seeValue, valueOf } from './see.js';

const meta = {
  title: 'Messages',
  parameters: WITHOUT_CONTROLS,
} satisfies Meta;

export default meta;
type Story = StoryObj;

/**
 * Ten thousand messages in a moment, to two sockets. The reducer folds each of them as it arrives, and React
 * renders once a frame. A hook that keeps the latest message in `useState` sees one message a render: the
 * others are replaced before anybody has looked.
 */
export const BurstOfMessages: Story = {
  name: 'Burst of 10,000 messages',
  parameters: showCode(`
const folded = useMessageReducer(socket, fold, nothing); // every one, one render a frame

// by hand, and losing messages:
socket.onmessage = ({ data }) => setLast(JSON.parse(data));
useEffect(() => fold(last), [last]);`),
  render: () => <Burst />,
  play: async ({ canvas, userEvent, step }) => {
    await see(() => expect(valueOf(canvas, 'Open sockets')).toBe('2'));
    const reducer = partOf(canvas, 'useMessageReducer');
    const byHand = partOf(canvas, 'useState, by hand');
    await step('The server sends 10,000 messages to each socket', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send a burst of 10,000' }));
      await seeValue(canvas, 'Messages sent to each', '10,000');
      await seeValue(byHand, 'Received by the socket', '10,000');
    });
    await step('The reducer has seen every one, with few renders', async () => {
      await seeValue(reducer, 'Received by the socket', '10,000');
      await seeValue(reducer, 'Seen by the component', '10,000');
      await expect(reducer.getByText(/none lost/)).toBeVisible();
      await expect(countOf(valueOf(reducer, 'Rendered'))).toBeLessThan(1_000);
    });
    await step('The hook by hand has lost most of them', async () => {
      await expect(countOf(valueOf(byHand, 'Seen by the component'))).toBeLessThan(1_000);
      await expect(byHand.getByText(/lost/)).toBeVisible();
    });
  },
};

/**
 * One change missed, and an order book is wrong for good. `useMessageReducer` folds every change as it arrives,
 * so the book in the page is the book of the server, whatever the pace of rendering.
 */
export const ReducedOrderBook: Story = {
  name: 'Order book',
  parameters: showCode(`
const socket = useWebSocket('wss://example.com/book', { contract: json<BookMessage, never>() });
const book = useMessageReducer(socket, applyToBook, emptyBook);`),
  render: () => <OrderBook />,
  play: async ({ canvas, userEvent, step }) => {
    await seeState(canvas, 'Open');
    await step('The snapshot of the server is shown', async () => {
      await seeValue(canvas, 'Shares in the book', valueOf(canvas, 'Shares on the server'));
    });
    await step('After 2,000 changes at once the two books are still the same', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Send 2,000 changes at once' }));
      await seeValue(canvas, 'Changes folded', '2,000');
      await expect(valueOf(canvas, 'Shares in the book')).toBe(valueOf(canvas, 'Shares on the server'));
    });
  },
};

/**
 * Two hundred components, each of which reads one topic. They share a socket, a message wakes its own reader
 * and no other, and subscriptions follow what is mounted: also after a restart.
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
    const rendered = 'Ticker renders since the last press';
    await seeState(canvas, 'Open');
    await step('All 200 have subscribed, and have a price', async () => {
      await seeValue(canvas, 'Subscriptions', '200');
      const tickers = canvas.getByRole('list', { name: 'Tickers' });
      await see(() => expect(tickers).not.toHaveTextContent('–'));
      await expect(valueOf(canvas, 'Open sockets')).toBe('1');
    });
    await step('A hundred messages of one topic render one ticker', async () => {
      await press('Move T042 100 times');
      await see(() => expect(valueOf(canvas, rendered)).toBe('1'));
    });
    await step('A message for each renders each once', async () => {
      await press('Move every price');
      await see(() => expect(valueOf(canvas, rendered)).toBe('200'));
    });
    await step('Half of them go, and so do their subscriptions', async () => {
      await press('Show half of them');
      await seeValue(canvas, 'Subscriptions', '100');
      await press('Show half of them');
      await seeValue(canvas, 'Subscriptions', '200');
    });
    await step('After a restart everything is subscribed to again, and no ticker has rendered', async () => {
      await press(/^Restart/);
      await seeValue(canvas, 'Dials accepted', '2');
      await seeValue(canvas, 'Subscriptions', '200');
      await see(() => expect(valueOf(canvas, rendered)).toBe('0'));
    });
  },
};

/**
 * What is written while the server is away waits and is sent once, in order. What cannot be kept is refused at
 * once, and what cannot be sent any more comes back through `onDrop`: no message vanishes.
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
    const write = async (text: string): Promise<void> => {
      await userEvent.clear(canvas.getByLabelText('Message'));
      await userEvent.type(canvas.getByLabelText('Message'), `${text}{Enter}`);
    };
    const seeLine = (text: string, standing: string): Promise<void> =>
      see(() => expect(canvas.getByText(text).parentElement).toHaveTextContent(standing));
    await seeState(canvas, 'Open');
    await step('A message is delivered', async () => {
      await write('Hello');
      await seeLine('Hello', 'Delivered');
    });
    await step('Without a server three messages wait, and a fourth is refused', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Take it down/ }));
      await seeState(canvas, 'Reconnecting');
      for (const text of ['One', 'Two', 'Three', 'Four']) await write(text);
      for (const text of ['One', 'Two', 'Three']) await seeLine(text, 'Waiting for the server');
      await expect(canvas.getByRole('alert')).toHaveTextContent('3 messages are waiting already');
      await expect(canvas.getByLabelText('Message')).toHaveValue('Four');
    });
    await step('The server is back, and they are delivered', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'Bring it back' }));
      await seeState(canvas, 'Open');
      for (const text of ['One', 'Two', 'Three']) await seeLine(text, 'Delivered');
    });
    await step('What still waits when the chat is left is handed back', async () => {
      await userEvent.click(canvas.getByRole('button', { name: /^Take it down/ }));
      await seeState(canvas, 'Reconnecting');
      await write('Too late');
      await userEvent.click(canvas.getByRole('button', { name: 'Leave the chat' }));
      await seeLine('Too late', 'Not sent: the chat was left');
    });
  },
};

/**
 * The contract is a zod schema for each direction (any Standard Schema will do). What comes in and breaks it is
 * reported and not delivered, or ends the connection; what would go out and breaks it throws before the wire.
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
    const reporting = partOf(canvas, "onViolation: 'report'");
    const failing = partOf(canvas, "onViolation: 'fail'");
    await seeState(reporting, 'Open');
    await seeState(failing, 'Open');
    await step('A quote that keeps the contract is delivered', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'A good quote' }));
      await see(() => expect(reporting.getByText('118.25')).toBeVisible());
      await see(() => expect(failing.getByText('118.25')).toBeVisible());
    });
    await step('An order that breaks it throws, and nothing reaches the server', async () => {
      await userEvent.click(reporting.getByRole('button', { name: 'Order −10' }));
      await see(() =>
        expect(reporting.getByRole('list', { name: 'Reported' })).toHaveTextContent('quantity'),
      );
      await expect(canvas.getByText('None yet.')).toBeVisible();
      await seeState(reporting, 'Open');
    });
    await step('A quote that breaks it is reported here, and ends the connection there', async () => {
      await userEvent.click(canvas.getByRole('button', { name: 'A price as text' }));
      await see(() => expect(reporting.getByRole('list', { name: 'Reported' })).toHaveTextContent('price'));
      await seeState(reporting, 'Open');
      await seeState(failing, 'Failed');
      await expect(failing.getByRole('list', { name: 'Reported' })).toHaveTextContent('price');
    });
  },
};

/** Twenty components ask for the same URL with `share: true`. There is one socket, and it goes with the last of them. */
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
    const seeOpen = (size: number): Promise<void> =>
      see(() => expect(canvas.queryAllByText('Open')).toHaveLength(size));
    await step('Twenty components are open, on one socket', async () => {
      await seeOpen(20);
      await expect(valueOf(canvas, 'Open sockets')).toBe('1');
      await expect(valueOf(canvas, 'Dials accepted')).toBe('1');
    });
    await step('Fifteen leave, and the socket stays', async () => {
      await press('Mount 5');
      await seeOpen(5);
      await expect(valueOf(canvas, 'Open sockets')).toBe('1');
    });
    await step('The last one closes it, and the next one dials anew', async () => {
      await press('Mount none');
      await see(() => expect(valueOf(canvas, 'Open sockets')).toBe('0'));
      await press('Mount 20');
      await seeOpen(20);
      await expect(valueOf(canvas, 'Open sockets')).toBe('1');
      await expect(valueOf(canvas, 'Dials accepted')).toBe('2');
    });
  },
};

function countOf(shown: string): number {
  return Number(shown.replaceAll(',', ''));
}
