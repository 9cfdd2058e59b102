import asyncio

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute

MAX_LENGTH = 1024 * 1024
clients = set()


async def endpoint(websocket):
    await websocket.accept()
    clients.add(websocket)
    try:
        while True:
            # receive_text() would raise a KeyError for a binary message, which clients see as a crash.
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            if text is None:
                await websocket.close(1003, "This endpoint takes text")
                return
            # Some servers have no limit of their own.
            if len(text) > MAX_LENGTH:
                await websocket.close(1009, "Message too big")
                return
            await websocket.send_text(str(len(text)))
    finally:
        clients.discard(websocket)


async def close_all(code, reason):
    closings = [client.close(code, reason) for client in clients]
    # A client that has just left must not keep the others from being told.
    await asyncio.gather(*closings, return_exceptions=True)


app = Starlette(routes=[WebSocketRoute("/", endpoint)])
