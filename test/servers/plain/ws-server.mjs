import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) });

server.on('listening', () => console.log('Listening'));
server.on('connection', (socket) => {
  socket.on('error', console.error);
  socket.on('message', (data) => socket.send(String(data.length)));
});
