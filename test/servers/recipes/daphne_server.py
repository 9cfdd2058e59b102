import asyncio
import os
import signal

# Comes before every other import of Twisted, because it chooses the event loop.
from daphne.server import Server
from daphne.endpoints import build_endpoint_description_strings
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

from starlette_app import app, close_all


class AnyCode(WebSocketProtocol):
    def serverClose(self, code=None):
        # The method that daphne calls by itself accepts 1000 and 3000 to 4999 only.
        self.sendCloseFrame(code=code or 1000)


WebSocketFactory.protocol = AnyCode


async def stop():
    await close_all(1012, "Service restart")
    server.stop()


def on_ready():
    loop = asyncio.get_event_loop()
    loop.add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(stop()))
    print("Listening", flush=True)


server = Server(
    app,
    endpoints=build_endpoint_description_strings(
        host="127.0.0.1", port=int(os.environ.get("PORT", 8080))
    ),
    signal_handlers=False,
    ready_callable=on_ready,
    # By default, daphne closes each connection with 1000 after a day.
    websocket_timeout=-1,
)
server.run()
