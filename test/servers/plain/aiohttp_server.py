import os
import sys

from aiohttp import WSMsgType, web

app = web.Application()
clients = set()


async def endpoint(request):
    heartbeat = float(os.environ["HEARTBEAT"]) if "HEARTBEAT" in os.environ else None
    websocket = web.WebSocketResponse(heartbeat=heartbeat)
    await websocket.prepare(request)
    clients.add(websocket)
    try:
        async for message in websocket:
            if message.type == WSMsgType.TEXT:
                await websocket.send_str(str(len(message.data)))
    finally:
        clients.discard(websocket)
    return websocket


async def close_all(_):
    for websocket in set(clients):
        await websocket.close(code=1001, message=b"Server shutdown")


app.add_routes([web.get("/", endpoint)])
if "shutdown-handler" in sys.argv:
    app.on_shutdown.append(close_all)

# The default of 60 s is the time that the server goes on after SIGTERM.
web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), shutdown_timeout=1)
