from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect


async def endpoint(websocket):
    await websocket.accept()
    try:
        while True:
            text = await websocket.receive_text()
            await websocket.send_text(str(len(text)))
    except WebSocketDisconnect:
        pass


app = Starlette(routes=[WebSocketRoute("/", endpoint)])
