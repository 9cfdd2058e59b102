import asyncio

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketState

MAX_LENGTH = 1024 * 1024
# The connections, each with the task of its endpoint.
clients = {}
# The code and reason for clients that come while the server stops.
stopping = None


async def endpoint(websocket):
    await websocket.accept()
    clients[websocket] = asyncio.current_task()
    try:
        if stopping is not None:
            await websocket.close(*stopping)
        while True:
            # receive_text() would raise a KeyError for a binary message, which clients see as a crash.
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if websocket.application_state is WebSocketState.DISCONNECTED:
                # This side has closed. Some servers lose the close frame if the endpoint does not wait.
                continue
            text = message.get("text")
            if text is None:
                await websocket.close(1003, "This endpoint takes text")
            elif len(text) > MAX_LENGTH:
                # Some servers have no limit of their own.
                await websocket.close(1009, "Message too big")
            else:
                await websocket.send_text(str(len(text)))
    finally:
        del clients[websocket]


async def close_all(code, reason):
    global stopping
    stopping = (code, reason)
    if not clients:
        return
    tasks = list(clients.values())
    closings = [websocket.close(code, reason) for websocket in clients]
    # A client that has just left must not keep the others from being told.
    await asyncio.gather(*closings, return_exceptions=True)
    # An endpoint ends when its client has answered.
    await asyncio.wait(tasks, timeout=5)


app = Starlette(routes=[WebSocketRoute("/", endpoint)])
