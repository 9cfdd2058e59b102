import os

import uvicorn

from starlette_app import MAX_LENGTH, app, close_all


class Server(uvicorn.Server):
    async def shutdown(self, sockets=None):
        await close_all(1012, "Service restart")
        await super().shutdown(sockets)


config = uvicorn.Config(
    app,
    host="127.0.0.1",
    port=int(os.environ.get("PORT", 8080)),
    ws=os.environ.get("WS", "auto"),  # "websockets" or "wsproto"
    ws_max_size=MAX_LENGTH,
)
Server(config).run()
