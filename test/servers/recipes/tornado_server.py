import asyncio
import os
import signal

import tornado.web
import tornado.websocket

clients = set()


class Endpoint(tornado.websocket.WebSocketHandler):
    def open(self):
        clients.add(self)

    def on_message(self, message):
        if not isinstance(message, str):
            self.close(1003, "This endpoint takes text")
            return
        self.write_message(str(len(message)))

    def on_close(self):
        clients.discard(self)


async def main():
    app = tornado.web.Application(
        [("/", Endpoint)],
        websocket_max_message_size=1024 * 1024,
        websocket_ping_interval=20,
    )
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = app.listen(int(os.environ.get("PORT", 8080)), "127.0.0.1")
    print("Listening", flush=True)
    await stop.wait()
    server.stop()
    for client in set(clients):
        client.close(1012, "Service restart")
    # Waits until the clients have answered.
    await server.close_all_connections()


asyncio.run(main())
