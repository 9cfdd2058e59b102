import { json, useLatestMessage, useWebSocket } from '../../src/index.js';

const contract = json<{ price: number }>();

export function Price() {
  const socket = useWebSocket('wss://example.com/quotes', { contract });
  const quote = useLatestMessage(socket);
  const { status, error } = socket;

  if (status === 'open') return <b>{quote?.price}</b>;
  if (status === 'reconnecting') return <p>Back soon</p>;
  if (status === 'failed') return <p>{error.kind} error</p>;
  return <p>Connecting</p>;
}
