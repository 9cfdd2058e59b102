import asyncio
import os

import tornado.web
import tornado.websocket


class Endpoint(tornado.websocket.WebSocketHandler):
    def on_message(self, message):
        self.write_message(str(len(message)))


async def main():
    settings = {}
    if "PING_INTERVAL" in os.environ:
        settings["websocket_ping_interval"] = float(os.environ["PING_INTERVAL"])
        settings["websocket_ping_timeout"] = float(os.environ["PING_TIMEOUT"])
    app = tornado.web.Application([("/", Endpoint)], **settings)
    app.listen(int(os.environ["PORT"]), "127.0.0.1")
    print("Listening", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
